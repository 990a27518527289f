import { accountingSchema, stepNameSchema } from '@lakehouse/plan';
import { z } from 'zod';

/** What one step did with one table. */
export const tableOutcomeSchema = z.object({
  table: z.string(),
  step: stepNameSchema,
  /** Of all batches of the run together; null where the step counts nothing. */
  accounting: accountingSchema.nullable(),
  rows: z.number().nullable(),
  seconds: z.number(),
  detail: z.string(),
});
export type TableOutcome = z.infer<typeof tableOutcomeSchema>;

export const checkOutcomeSchema = z.object({
  check: z.string(),
  table: z.string(),
  batch: z.string().nullable(),
  passed: z.boolean(),
  severity: z.enum(['warning', 'error']),
  actual: z.number().nullable(),
  expected: z.string(),
  description: z.string(),
  dimension: z.string().nullable(),
});
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;

/** The rows that a chart of a dashboard shows. */
export const chartRowsSchema = z.object({
  dashboard: z.string(),
  title: z.string(),
  rows: z.array(z.record(z.string(), z.unknown())),
});
export type ChartRows = z.infer<typeof chartRowsSchema>;

export const runStatusSchema = z.enum(['published', 'refined', 'nothingNew', 'auditFailed', 'failed', 'interrupted']);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** Answer of `run`. */
export const runResultSchema = z.object({
  run: z.string(),
  status: runStatusSchema,
  tables: z.array(tableOutcomeSchema),
  checks: z.array(checkOutcomeSchema),
  release: z.string().nullable(),
  charts: z.array(chartRowsSchema).optional(),
});
export type RunResult = z.infer<typeof runResultSchema>;

/** Answer of `query`. */
export const queryResultSchema = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.unknown())),
});
export type QueryResult = z.infer<typeof queryResultSchema>;

/** Rows of one table in quarantine, and how many of them break each rule. */
const quarantinedTableSchema = z.object({
  table: z.string(),
  open: z.number(),
  /** They wait for their parent and are retried by themselves. */
  waiting: z.number(),
  replayed: z.number(),
  rules: z.record(z.string(), z.number()),
});
export type QuarantinedTable = z.infer<typeof quarantinedTableSchema>;

/** Answer of `status`. */
export const statusSchema = z.object({
  tables: z.array(
    z.object({
      table: z.string(),
      version: z.number(),
      rows: z.number(),
      bytes: z.number(),
      changedAt: z.string(),
      /** Made by the model and the rules of the plan as it is now. */
      fingerprintCurrent: z.boolean(),
      release: z.string().nullable(),
      upToDate: z.boolean(),
    }),
  ),
  runs: z.array(
    z.object({
      id: z.string(),
      domain: z.string(),
      status: z.string(),
      started_at: z.string(),
      finished_at: z.string().nullable(),
      message: z.string().nullable(),
      release: z.string().nullable(),
    }),
  ),
  /** Who holds the domains under way. */
  locks: z.record(z.string(), z.record(z.string(), z.unknown())),
  rollbackWindowHours: z.number(),
  quarantine: z.array(quarantinedTableSchema),
});
export type Status = z.infer<typeof statusSchema>;

/** Answer of `maintain`. */
export const maintenanceSchema = z.object({
  actions: z.array(z.object({ table: z.string(), action: z.string(), detail: z.string() })),
});

/** Answer of `charts`. */
export const chartsSchema = z.object({ charts: z.array(chartRowsSchema) });

/** Answer of `plan`. */
export const plannedStepsSchema = z.object({
  steps: z.array(
    z.object({
      table: z.string(),
      action: z.enum(['nothing', 'append', 'rebuild', 'recompute']),
      reason: z.string(),
      batches: z.number(),
      rows: z.number().nullable(),
    }),
  ),
});
export type PlannedStep = z.infer<typeof plannedStepsSchema>['steps'][number];

/** Answer of `quarantine list`. */
export const quarantineListSchema = z.object({ tables: z.array(quarantinedTableSchema) });

/** Answer of `quarantine show`. */
export const quarantinedRowsSchema = z.object({
  rows: z.array(
    z.object({
      /** The name by which `replay` picks the row. */
      row: z.string(),
      status: z.string(),
      rules: z.array(z.string()),
      /** Why the row could not be read at all. */
      reason: z.string().nullable(),
      /** JSON of its columns as they came, or its raw text. */
      payload: z.string().nullable(),
      quarantinedAt: z.string(),
    }),
  ),
});
export type QuarantinedRow = z.infer<typeof quarantinedRowsSchema>['rows'][number];

/** Answer of `quarantine replay`. */
export const replaySchema = z.object({ merged: accountingSchema });
