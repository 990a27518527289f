import { Command } from 'commander';
import { hostname, userInfo } from 'node:os';
import type { Context } from '../context.js';
import { ask } from '../runtime/ask.js';
import { incidentChangeSchema } from '../runtime/results.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly json?: boolean;
  readonly home?: string;
}

type Status = 'acknowledged' | 'resolved' | 'muted';

async function changeCommand(outer: Context, id: string, status: Status, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  await requireAppliedPlan(context.workspace.home);
  const answer = await ask(context, {
    verb: 'incident',
    arguments: ['--id', id, '--status', status, '--by', `${userInfo().username}@${hostname()}`],
    schema: incidentChangeSchema,
    quiet: true,
  });
  if (answer !== null) {
    terminal.print(
      options.json === true ? JSON.stringify(answer, null, 2) : `${answer.incident} is ${answer.status} now.`,
    );
  }
}

/** `lakehouse incident acknowledge|resolve|mute` */
export function incident(context: Context): Command {
  const change = (name: string, status: Status, summary: string, description: string): Command =>
    new Command(name)
      .summary(summary)
      .description(description)
      .argument('<id>', 'the incident, as `quality` names it')
      .option('--json', 'answer as JSON')
      .addOption(homeOption())
      .action((id: string, options: Options) => changeCommand(context, id, status, options));
  return new Command('incident')
    .summary('say that an incident is known, or over')
    .description(
      'An incident opens with the first failed check of a table and dimension, and is resolved by the next audit that passes.\n`./lakehouse quality` lists those that stand; what is said of them here reaches ops.incidents with the next run.',
    )
    .addCommand(change('acknowledge', 'acknowledged', 'somebody is at it', 'Marks an incident as known; it stands on.'))
    .addCommand(change('resolve', 'resolved', 'it is over', 'Ends an incident; the next failed check opens a new one.'))
    .addCommand(change('mute', 'muted', 'nobody wants to know', 'Ends an incident without saying that it was mended.'))
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse quality
  ./lakehouse incident acknowledge gate/silver.flights/completeness/20260301-120000-5c49ae`,
    );
}
