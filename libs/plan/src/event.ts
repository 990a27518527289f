import { z } from 'zod';

export const stepNameSchema = z
  .enum([
    'start',
    'wait',
    'land',
    'ingest',
    'refine',
    'audit',
    'build',
    'publish',
    'warm',
    'record',
    'maintain',
    'analyse',
    'chart',
  ])
  .meta({ id: 'StepName' });

/** Row accounting of one batch in one step; see the law of conservation. */
export const accountingSchema = z
  .strictObject({
    read: z.number().int(),
    inserted: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    supersededInBatch: z.number().int(),
    supersededByTarget: z.number().int(),
    quarantined: z.number().int(),
    waiting: z.number().int(),
  })
  .meta({ id: 'Accounting' });
export type Accounting = z.infer<typeof accountingSchema>;

/** One line of JSON on the runtime's standard output. */
export const eventSchema = z
  .discriminatedUnion('event', [
    z
      .strictObject({ event: z.literal('runStarted'), run: z.string(), domain: z.string(), plan: z.string() })
      .meta({ id: 'RunStarted' }),
    z
      .strictObject({ event: z.literal('stepStarted'), step: stepNameSchema, subject: z.string(), detail: z.string() })
      .meta({ id: 'StepStarted' }),
    z
      .strictObject({
        event: z.literal('progress'),
        step: stepNameSchema,
        subject: z.string(),
        done: z.number(),
        total: z.number().nullable(),
        unit: z.enum(['rows', 'bytes', 'files', 'batches', 'tables', 'tasks']),
        /** What it is at, in words: `stage 2 of 3, 14.0 MB read`. */
        detail: z.string().optional(),
      })
      .meta({ id: 'Progress' }),
    z
      .strictObject({
        event: z.literal('stepFinished'),
        step: stepNameSchema,
        subject: z.string(),
        seconds: z.number(),
        /** What was done, in words: `appended 3 batches`, `rebuilt 12 of 365 days`. */
        detail: z.string(),
        rows: z.number().int().nullable(),
        accounting: accountingSchema.nullable(),
      })
      .meta({ id: 'StepFinished' }),
    z
      .strictObject({
        event: z.literal('checkFinished'),
        check: z.string(),
        table: z.string(),
        batch: z.string().nullable(),
        passed: z.boolean(),
        severity: z.enum(['warning', 'error']),
        actual: z.number().nullable(),
        expected: z.string(),
        description: z.string(),
      })
      .meta({ id: 'CheckFinished' }),
    z
      .strictObject({
        event: z.literal('problem'),
        severity: z.enum(['warning', 'error']),
        code: z.string(),
        subject: z.string(),
        message: z.string(),
        fix: z.string(),
      })
      .meta({ id: 'ProblemFound' }),
    z
      .strictObject({
        event: z.literal('runFinished'),
        run: z.string(),
        status: z.enum(['published', 'refined', 'rolledBack', 'nothingNew', 'auditFailed', 'failed', 'interrupted']),
        seconds: z.number(),
        /** Each release is a set of gold versions that belong together. */
        release: z.string().nullable(),
      })
      .meta({ id: 'RunFinished' }),
    /** The answer of a verb; its shape belongs to the verb. */
    z.strictObject({ event: z.literal('result'), value: z.unknown() }).meta({ id: 'Result' }),
  ])
  .meta({ id: 'Event' });
export type Event = z.infer<typeof eventSchema>;
