import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { renderQuarantineList, renderQuarantinedRows, renderReplay } from '../render/quarantine.js';
import { ask } from '../runtime/ask.js';
import { quarantinedRowsSchema, quarantineListSchema, replaySchema } from '../runtime/results.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly table?: string;
  readonly rule?: string;
  readonly limit?: string;
  readonly row?: string;
  readonly set?: readonly string[];
  readonly json?: boolean;
  readonly home?: string;
}

function inHome(outer: Context, options: Options): Context {
  return { ...outer, workspace: withHome(outer.workspace, options.home) };
}

function selection(options: Options): readonly string[] {
  return [
    ...(options.table === undefined ? [] : ['--table', options.table]),
    ...(options.rule === undefined ? [] : ['--rule', options.rule]),
    ...(options.limit === undefined ? [] : ['--limit', options.limit]),
    ...(options.row === undefined ? [] : ['--row', options.row]),
    ...(options.set ?? []).flatMap((change) => ['--set', change]),
  ];
}

async function listCommand(outer: Context, options: Options): Promise<void> {
  const context = inHome(outer, options);
  const plan = await requireAppliedPlan(context.workspace.home);
  const answer = await ask(context, {
    verb: 'quarantine',
    arguments: ['list'],
    schema: quarantineListSchema,
    quiet: true,
  });
  if (answer !== null) {
    const { terminal } = context;
    terminal.print(
      options.json === true
        ? JSON.stringify(answer, null, 2)
        : renderQuarantineList(answer.tables, plan, terminal.style),
    );
  }
}

async function showCommand(outer: Context, options: Options): Promise<void> {
  const context = inHome(outer, options);
  await requireAppliedPlan(context.workspace.home);
  const answer = await ask(context, {
    verb: 'quarantine',
    arguments: ['show', ...selection(options)],
    schema: quarantinedRowsSchema,
    quiet: true,
  });
  if (answer !== null) {
    const { terminal } = context;
    terminal.print(
      options.json === true ? JSON.stringify(answer, null, 2) : renderQuarantinedRows(answer.rows, terminal.style),
    );
  }
}

async function replayCommand(outer: Context, options: Options): Promise<void> {
  const context = inHome(outer, options);
  if (options.set !== undefined && options.row === undefined) {
    throw new Failure(
      'LH3031',
      '--set',
      'Values can be mended only in rows that are named.',
      'Add --row ID; `./lakehouse quarantine show --table …` shows the ids.',
      exitCode.usage,
    );
  }
  const plan = await requireAppliedPlan(context.workspace.home);
  const answer = await ask(context, {
    verb: 'quarantine',
    arguments: ['replay', ...selection(options)],
    schema: replaySchema,
  });
  if (answer !== null) {
    const { terminal } = context;
    terminal.print(
      options.json === true
        ? JSON.stringify(answer, null, 2)
        : renderReplay(options.table ?? '', answer, plan, terminal.style),
    );
  }
}

function parseChange(text: string, previous: readonly string[] = []): readonly string[] {
  if (!/^[^=]+=/.test(text)) {
    throw new InvalidArgumentError('Write it as column=value.');
  }
  return [...previous, text];
}

/** `lakehouse quarantine list|show|replay` */
export function quarantine(context: Context): Command {
  const list = new Command('list')
    .summary('count rows by table and rule')
    .description('Counts the rows in quarantine by table and rule.')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .action((options: Options) => listCommand(context, options));
  const show = new Command('show')
    .summary('show rows with the rules that they break')
    .description('Shows rows in quarantine: their id, their rules and their values as they came.')
    .requiredOption('--table <table>', 'the table that refused them, such as silver.flights')
    .option('--rule <id>', 'only rows that break this rule')
    .option('--limit <rows>', 'at most so many rows', '10')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .action((options: Options) => showCommand(context, options));
  const replay = new Command('replay')
    .summary('judge rows again, mended or not, and merge what passes')
    .description(
      'Judges rows in quarantine again by the rules as they are now; what passes is merged exactly once, and what each\nrule still holds back is counted. With --row and --set one row is mended first: also one that waits for a parent,\nand one that could not be read, whose columns are null where they are not named.',
    )
    .requiredOption('--table <table>', 'the table that refused them')
    .option('--rule <id>', 'only rows that break this rule')
    .option('--row <id>', 'only this row, named as `show` names it')
    .option(
      '--set <column=value>',
      'mend a value of the row first (nothing after the sign: null); may be given more than once',
      parseChange,
    )
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .action((options: Options) => replayCommand(context, options));
  return new Command('quarantine')
    .summary('look at rows that broke a rule, mend and replay them')
    .description('Rows that broke a rule of their contract wait in quarantine, with the rule, until they are mended.')
    .addCommand(list)
    .addCommand(show)
    .addCommand(replay)
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse quarantine list
  ./lakehouse quarantine show --table silver.flights --limit 3
  ./lakehouse quarantine replay --table silver.flights --row ID --set origin=JFK`,
    );
}
