import { z } from 'zod';

const moment = z.string().nullable();

/** What Airflow's REST API v2 answers, as far as it is read here. */
export const dagSchema = z.object({
  dag_id: z.string(),
  is_paused: z.boolean(),
  description: z.string().nullable(),
  timetable_description: z.string().nullable(),
  next_dagrun_run_after: moment,
  /** `<hash of the plan>.<digest of the code>` */
  bundle_version: z.string().nullable(),
});
export type Dag = z.infer<typeof dagSchema>;

export const dagRunSchema = z.object({
  dag_id: z.string(),
  dag_run_id: z.string(),
  state: z.string(),
  run_after: z.string(),
  start_date: moment,
  end_date: moment,
});
export type DagRun = z.infer<typeof dagRunSchema>;

export const taskSchema = z.object({
  task_id: z.string(),
  state: z.string().nullable(),
  start_date: moment,
  duration: z.number().nullable(),
  try_number: z.number(),
});
export type Task = z.infer<typeof taskSchema>;

export const assetEventSchema = z.object({
  asset_id: z.number(),
  name: z.string().nullable(),
  created_dagruns: z.array(z.object({ dag_id: z.string(), run_id: z.string() })),
});
export type AssetEvent = z.infer<typeof assetEventSchema>;

export const assetSchema = z.object({
  id: z.number(),
  scheduled_dags: z.array(z.object({ dag_id: z.string() })),
});

export const importErrorSchema = z.object({ filename: z.string(), stack_trace: z.string() });

/** What a task left behind that failed: see RuntimeOperator. */
export const taskFailureSchema = z.object({ exit: z.number(), message: z.string() });
export type TaskFailure = z.infer<typeof taskFailureSchema>;
