import { z } from 'zod';
import { dashboardSchema } from './dashboard.js';
import { sourceSchema } from './source.js';
import { opsTableSchema, tableSchema } from './table.js';

/** Raised with each change that an older reader would misread. */
export const planVersion = 1;

export const domainSchema = z
  .strictObject({
    name: z.string(),
    team: z.string(),
    description: z.string(),
    /** A cron expression or @hourly, @daily, …; null: only by hand. */
    schedule: z.string().nullable(),
    owners: z.array(z.string()),
  })
  .meta({ id: 'Domain' });
export type Domain = z.infer<typeof domainSchema>;

/** What the compiler makes of all domains and everything else reads: `lakehouse.json`. */
export const planSchema = z
  .strictObject({
    version: z.literal(planVersion),
    /** SHA-256 of the canonical JSON of all other fields. */
    hash: z.string(),
    domains: z.array(domainSchema),
    sources: z.array(sourceSchema),
    /** In the order of their dependencies: each table stands after its inputs. */
    tables: z.array(tableSchema),
    /** What the runtime records, by its contracts: no run makes these tables. */
    opsTables: z.array(opsTableSchema),
    dashboards: z.array(dashboardSchema),
  })
  .meta({ id: 'Plan' });
export type Plan = z.infer<typeof planSchema>;
