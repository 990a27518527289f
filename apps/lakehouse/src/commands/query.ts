import { Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.js';
import { installationOf, isPlatform } from '../platform/installation.js';
import { thriftServer } from '../platform/thriftServer.js';
import { renderQueryCsv, renderQueryJson, renderQueryTable } from '../render/queryResult.js';
import { ask } from '../runtime/ask.js';
import { queryResultSchema, type QueryResult } from '../runtime/results.js';

import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly limit: number;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly home?: string;
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new InvalidArgumentError('A whole number from 1 is expected.');
  }
  return limit;
}

async function answerQuery(context: Context, sql: string, limit: number): Promise<QueryResult | null> {
  const installation = installationOf(context.workspace);
  if (isPlatform(installation)) {
    // Its library takes time to load, which only this command should pay.
    const { queryOverThrift } = await import('../thrift/queryOverThrift.js');
    return await queryOverThrift(await thriftServer(installation), sql, limit);
  }
  await requireAppliedPlan(context.workspace.home);
  return await ask(context, {
    verb: 'query',
    arguments: ['--sql', sql, '--limit', String(limit)],
    schema: queryResultSchema,
    quiet: true,
  });
}

async function queryCommand(outer: Context, sql: string, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  const answer = await answerQuery(context, sql, options.limit);
  if (answer === null) {
    return;
  }
  const shown = { columns: answer.columns, rows: answer.rows.slice(0, options.limit) };
  if (options.json === true) {
    terminal.print(renderQueryJson(shown));
  } else if (options.csv === true) {
    terminal.print(renderQueryCsv(shown));
  } else {
    terminal.print(renderQueryTable(shown, terminal.style));
  }
  if (answer.rows.length > shown.rows.length) {
    terminal.note(terminal.noteStyle.dim('There are more rows: --limit shows more.'));
  }
}

/** `lakehouse query` */
export function query(context: Context): Command {
  return new Command('query')
    .summary('ask the tables with Spark SQL')
    .description(
      'Reads the tables as they are at this moment, also while a run is under way: embedded those of every layer, on the\nplatform silver, staging, gold and ops, through the query server.',
    )
    .argument('<sql>', 'one select; tables are named layer.table')
    .addOption(new Option('--limit <rows>', 'show at most so many rows').default(100).argParser(parseLimit))
    .addOption(new Option('--json', 'answer as JSON, one object a row').conflicts('csv'))
    .option('--csv', 'answer as CSV')
    .addOption(homeOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse query "select carrier, sum(flights) from gold.daily_carrier_punctuality group by carrier"
  ./lakehouse query "select * from silver.flights" --limit 5 --csv`,
    )
    .action((sql: string, options: Options) => queryCommand(context, sql, options));
}
