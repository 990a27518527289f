import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.js';
import { renderAudit } from '../render/audit.js';
import { ask } from '../runtime/ask.js';
import { auditSchema } from '../runtime/results.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly rows: number;
  readonly json?: boolean;
  readonly home?: string;
}

function parseRows(text: string): number {
  const rows = Number(text);
  if (!Number.isInteger(rows) || rows < 0) {
    throw new InvalidArgumentError('A whole number from 0 is expected.');
  }
  return rows;
}

async function showCommand(outer: Context, run: string | undefined, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  const plan = await requireAppliedPlan(context.workspace.home);
  const answer = await ask(context, {
    verb: 'show-audit',
    arguments: [...(run === undefined ? [] : ['--of', run]), '--limit', String(options.rows)],
    schema: auditSchema,
    quiet: true,
  });
  if (answer !== null) {
    terminal.print(options.json === true ? JSON.stringify(answer, null, 2) : renderAudit(answer, plan, terminal.style));
  }
}

/** `lakehouse audit show` */
export function audit(context: Context): Command {
  const show = new Command('show')
    .summary('show what stood against publishing, with rows and SQL')
    .description(
      'Shows each check of a run that failed or warned: what was measured and expected, some of the rows behind it, and a\nquery that reproduces it. A candidate that was held back answers as staging.TABLE.',
    )
    .argument('[run]', 'the run, as `status` names it; without it the last one that was audited')
    .option('--rows <count>', 'show at most so many rows a check', parseRows, 5)
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .action((run: string | undefined, options: Options) => showCommand(context, run, options));
  return new Command('audit')
    .summary('look at what the audit of a run found')
    .description('What the checks of a run found, and how to find it again.')
    .addCommand(show)
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse audit show
  ./lakehouse audit show 20260301-120000-5c49ae --rows 20
  ./lakehouse audit show --json | jq '.checks[].sql'`,
    );
}
