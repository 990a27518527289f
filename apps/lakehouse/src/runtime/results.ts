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

/** A source that a run could not read; it went on without it. */
export const unreadSourceSchema = z.object({
  source: z.string(),
  /** The bronze table that it fills. */
  table: z.string(),
  code: z.string(),
  message: z.string(),
  fix: z.string(),
});
export type UnreadSource = z.infer<typeof unreadSourceSchema>;

export const runStatusSchema = z.enum([
  'published',
  'refined',
  'nothingNew',
  'rolledBack',
  'auditFailed',
  'failed',
  'interrupted',
]);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** Answer of `run`. */
export const runResultSchema = z.object({
  run: z.string(),
  status: runStatusSchema,
  tables: z.array(tableOutcomeSchema),
  checks: z.array(checkOutcomeSchema),
  release: z.string().nullable(),
  failures: z.array(unreadSourceSchema).default([]),
  charts: z.array(chartRowsSchema).optional(),
});
export type RunResult = z.infer<typeof runResultSchema>;

/** A failed audit that a person set aside. */
const overrideSchema = z.object({
  /** The run whose audit failed. */
  run: z.string(),
  /** User and host. */
  by: z.string(),
  reason: z.string(),
  at: z.string(),
});
export type Override = z.infer<typeof overrideSchema>;

/** Answer of `publish-kept`; where an audit was set aside, with what that run had done and found. */
export const publishResultSchema = runResultSchema.extend({ override: overrideSchema.optional() });
export type PublishResult = z.infer<typeof publishResultSchema>;

/** Answer of `backfill`. */
export const backfillResultSchema = runResultSchema.extend({
  intervals: z.array(
    z.object({
      table: z.string(),
      from: z.string(),
      to: z.string(),
      batches: z.array(z.string()),
      /** It was refined before the backfill was cut short, and not again. */
      resumed: z.boolean(),
    }),
  ),
});
export type BackfillResult = z.infer<typeof backfillResultSchema>;

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

/** Who holds a domain: `process` where it is of this machine, `owner` and `until` where it is kept between tasks. */
const holderSchema = z.object({
  run: z.string().nullish(),
  host: z.string().nullish(),
  process: z.number().nullish(),
  since: z.string().nullish(),
  owner: z.string().nullish(),
  until: z.string().nullish(),
});

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
  locks: z.record(z.string(), holderSchema),
  rollbackWindowHours: z.number(),
  /** The process that keeps Spark ready for the next call. */
  warm: z.object({ process: z.number(), since: z.string(), minutes: z.number() }).nullable().default(null),
  quarantine: z.array(quarantinedTableSchema),
  /** Failed audits that people set aside and that led to a release, the newest first. */
  overrides: z.array(
    z.object({
      run: z.string(),
      domain: z.string(),
      by_whom: z.string(),
      reason: z.string(),
      overridden_at: z.string(),
      release: z.string(),
    }),
  ),
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

/** Answer of `end-warm`. */
export const endedSchema = z.object({ ended: z.boolean() });

/** Answer of `quarantine replay`. */
export const replaySchema = z.object({
  merged: accountingSchema,
  /** By rule, how many of the rows still break it. */
  broken: z.record(z.string(), z.number()),
});
export type Replayed = z.infer<typeof replaySchema>;

/** A check of an audit that did not pass, with what reproduces it. */
const failedCheckSchema = checkOutcomeSchema.omit({ passed: true }).extend({
  /** A query of its number; null where none can be given. */
  sql: z.string().nullable(),
  /** Some of the rows behind it. */
  rows: z.array(z.record(z.string(), z.unknown())),
  /** What to know about them, such as that the table changed since. */
  note: z.string().nullable(),
});
export type FailedCheck = z.infer<typeof failedCheckSchema>;

/** Answer of `show-audit`. */
export const auditSchema = z.object({
  run: z.object({
    id: z.string(),
    domain: z.string(),
    status: z.string(),
    started_at: z.string(),
    finished_at: z.string().nullable(),
    release: z.string().nullable(),
  }),
  /** How many checks were judged. */
  judged: z.number(),
  checks: z.array(failedCheckSchema),
});
export type Audit = z.infer<typeof auditSchema>;

/** A batch as one silver table has it. */
const batchSchema = z.object({
  table: z.string(),
  batch: z.string(),
  state: z.enum(['pending', 'refined', 'held', 'reverted']),
  /** In bronze. */
  rows: z.number(),
  merged: z.number(),
  quarantined: z.number(),
  refinedAt: z.string().nullable(),
  release: z.string().nullable(),
  /** Who took it out again, and why. */
  reverted: z.object({ by: z.string(), reason: z.string(), at: z.string() }).nullable(),
});
export type Batch = z.infer<typeof batchSchema>;

/** Answer of `batch list`. */
export const batchListSchema = z.object({ batches: z.array(batchSchema) });

/** Answer of `batch revert`. */
export const revertSchema = z.object({
  batch: z.string(),
  changed: z.boolean(),
  tables: z.array(z.object({ table: z.string(), accounting: accountingSchema })),
});
export type Revert = z.infer<typeof revertSchema>;

const incidentSchema = z.object({
  id: z.string(),
  /** gate, or dqops for its daily checks. */
  source: z.string(),
  table: z.string(),
  dimension: z.string(),
  severity: z.string(),
  status: z.string(),
  description: z.string(),
  run: z.string().nullable(),
  failedChecks: z.number(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  by: z.string().nullable(),
  /** The gold tables that are made of the table. */
  downstream: z.array(z.string()),
});
export type Incident = z.infer<typeof incidentSchema>;

/** Answer of `quality`. */
export const qualitySchema = z.object({
  /** The number of a table is of so many last days. */
  days: z.number(),
  tables: z.array(
    z.object({
      table: z.string(),
      domain: z.string(),
      team: z.string(),
      /** Of its last audit; null where there was none. */
      verdict: z
        .object({
          run: z.string(),
          at: z.string(),
          state: z.enum(['passed', 'warned', 'failed']),
          judged: z.number(),
          failed: z.number(),
          warned: z.number(),
          checks: z.array(
            z.object({
              check: z.string(),
              batch: z.string().nullable(),
              severity: z.enum(['warning', 'error']),
              actual: z.number().nullable(),
              expected: z.string(),
              description: z.string(),
            }),
          ),
        })
        .nullable(),
      /** Percent of its checks that passed. */
      kpi: z.number().nullable(),
      quarantine: quarantinedTableSchema.nullable(),
      /** Of its newest row; null where the contract promises nothing. */
      freshness: z
        .object({ hours: z.number().nullable(), expected: z.string(), passed: z.boolean().nullable() })
        .nullable(),
      /** Ids of those of the table and of what it is made of. */
      incidents: z.array(z.string()),
    }),
  ),
  incidents: z.array(incidentSchema),
});
export type Quality = z.infer<typeof qualitySchema>;

/** Answer of `incident`. */
export const incidentChangeSchema = z.object({ incident: z.string(), status: z.string() });
