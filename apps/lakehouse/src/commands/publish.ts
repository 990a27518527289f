import { Command } from 'commander';
import { hostname, userInfo } from 'node:os';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { renderAuditFailure } from '../render/auditFailure.js';
import { renderRunSummary } from '../render/runSummary.js';
import { domainOrder } from '../runtime/domainOrder.js';
import { publishDomain, type OverrideOptions } from '../runtime/runDomain.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly run?: string;
  readonly override?: boolean;
  readonly reason?: string;
  readonly json?: boolean;
  readonly home?: string;
}

function overrideOf({ override, reason }: Options): OverrideOptions | null {
  if (override !== true) {
    return null;
  }
  if (reason === undefined || reason.trim() === '') {
    throw new Failure(
      'LH3037',
      '--override',
      'It is written down with its reason, and none is given.',
      'Add --reason "why these data may be published".',
      exitCode.usage,
    );
  }
  return { by: `${userInfo().username}@${hostname()}`, reason: reason.trim() };
}

async function publishCommand(outer: Context, name: string, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  const override = overrideOf(options);
  const plan = await requireAppliedPlan(context.workspace.home);
  for (const domain of domainOrder(plan, [name])) {
    const run = await publishDomain(context, plan, domain, options.run, override);
    context.finish(run.exit);
    if (options.json === true) {
      terminal.print(JSON.stringify({ plan: plan.hash, ...run }, null, 2));
    } else if (run.result !== null) {
      terminal.print(`\n${renderRunSummary(domain, run.result, run.seconds, terminal.style)}`);
      if (run.result.override !== undefined && run.result.release !== null) {
        const { by, reason, run: failed } = run.result.override;
        terminal.print(`The audit of run ${failed} failed; ${by} set it aside: ${reason}`);
      }
      if (run.result.status === 'auditFailed') {
        terminal.print(`\n${renderAuditFailure(run.result, plan, terminal.style)}`);
      }
    }
  }
}

/** `lakehouse publish` */
export function publish(context: Context): Command {
  return new Command('publish')
    .summary('publish what waits; with --override what an audit held back')
    .description(
      'Publishes the candidates of a domain that passed and wait. One that an audit held back is published with --override alone:\nas it was judged, and only while it stands on the newest data and nobody published since. Who did it and why stands in\nops.overrides, in `status` and in the report. What the audit kept from being built is built now, and has to pass.',
    )
    .argument('<domain>', 'domain to publish')
    .option('--run <run>', 'the run that held it back (default with --override: the last one)')
    .option('--override', 'set the verdict of its audit aside')
    .option('--reason <text>', 'why')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse publish flights
  ./lakehouse audit show 20260301-120000-5c49ae
  ./lakehouse publish flights --run 20260301-120000-5c49ae --override --reason "The airport was closed that day."`,
    )
    .action((name: string, options: Options) => publishCommand(context, name, options));
}
