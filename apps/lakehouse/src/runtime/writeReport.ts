import type { Plan } from '@lakehouse/plan';
import type { Context } from '../context.js';
import { quarantinedRules } from '../report/quarantinedRules.js';
import { renderReport } from '../report/renderReport.js';
import type { LastRun } from '../workspace/lastRun.js';
import { readReportAssets } from '../workspace/reportAssets.js';
import { saveReport } from '../workspace/reports.js';
import { ask } from './ask.js';
import { quarantinedRowsSchema, quarantineListSchema, type ChartRows, type QuarantinedRow } from './results.js';

/** So many rows of a table are looked through for examples of each rule. */
const searchedRows = '10000';

async function heldRows(context: Context, table: string): Promise<readonly QuarantinedRow[]> {
  const answer = await ask(context, {
    verb: 'quarantine',
    arguments: ['show', '--table', table, '--limit', searchedRows],
    schema: quarantinedRowsSchema,
    quiet: true,
  });
  return answer?.rows ?? [];
}

/** Writes the report of a run with what is in quarantine now, and returns its file. */
export async function writeReport(
  context: Context,
  plan: Plan,
  run: LastRun,
  charts: readonly ChartRows[],
): Promise<string> {
  const { workspace } = context;
  const listed = await ask(context, {
    verb: 'quarantine',
    arguments: ['list'],
    schema: quarantineListSchema,
    quiet: true,
  });
  const own = plan.tables.filter(({ domain }) => domain === run.domain).map(({ name }) => name);
  const tables = (listed?.tables ?? []).filter(({ table, open, waiting }) => own.includes(table) && open + waiting > 0);
  const rows = new Map<string, readonly QuarantinedRow[]>();
  for (const { table } of tables) {
    rows.set(table, await heldRows(context, table));
  }
  const text = renderReport(
    {
      domain: run.domain,
      version: context.version,
      generatedAt: new Date().toISOString(),
      plan,
      run: {
        id: run.result.run,
        status: run.result.status,
        finishedAt: run.finishedAt,
        seconds: run.seconds,
        release: run.result.release,
        override: run.result.override,
      },
      outcomes: run.result.tables,
      checks: run.result.checks,
      quarantine: quarantinedRules(tables, rows),
      held: tables,
      charts,
    },
    await readReportAssets(workspace.root),
  );
  return saveReport(workspace.home, run.domain, text);
}
