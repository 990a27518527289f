import type { Plan } from '@lakehouse/plan';
import type { ChartRows, CheckOutcome, Override, RunStatus, TableOutcome } from '../runtime/results.js';

/** Rows of one table that one rule holds in quarantine. */
export interface QuarantinedRule {
  readonly table: string;
  readonly rule: string;
  readonly rows: number;
  /** They only wait for their parent and are retried by themselves. */
  readonly waiting: boolean;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

/** Everything that the report shows. */
export interface ReportData {
  readonly domain: string;
  /** Of the product. */
  readonly version: string;
  readonly generatedAt: string;
  readonly plan: Plan;
  readonly run: {
    readonly id: string;
    readonly status: RunStatus;
    readonly finishedAt: string;
    readonly seconds: number;
    readonly release: string | null;
    /** The verdict of the audit was set aside. */
    readonly override?: Override | undefined;
  };
  readonly outcomes: readonly TableOutcome[];
  readonly checks: readonly CheckOutcome[];
  readonly quarantine: readonly QuarantinedRule[];
  /** Rows in quarantine by table; a row that breaks two rules counts once here. */
  readonly held: readonly { readonly table: string; readonly open: number; readonly waiting: number }[];
  readonly charts: readonly ChartRows[];
}
