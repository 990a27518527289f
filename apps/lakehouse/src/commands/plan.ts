import { Command } from 'commander';
import type { Context } from '../context.js';
import { renderPlannedSteps } from '../render/plannedSteps.js';
import { ask } from '../runtime/ask.js';
import { domainOrder } from '../runtime/domainOrder.js';
import { compileOrExplain } from '../runtime/analyseAndApply.js';
import { plannedStepsSchema, type PlannedStep } from '../runtime/results.js';
import { readAppliedPlan, storePlan } from '../workspace/plans.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly json?: boolean;
  readonly home?: string;
}

async function planCommand(outer: Context, name: string | undefined, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal, workspace } = context;
  const plan = await compileOrExplain(context);
  if (plan === null) {
    return;
  }
  const planFile = await storePlan(workspace.home, plan);
  const { explainPlanChange } = await import('@lakehouse/compiler');
  const applied = await readAppliedPlan(workspace.home);
  const changes = applied === null ? [] : explainPlanChange(applied, plan);
  const answers: { readonly domain: string; readonly steps: readonly PlannedStep[] }[] = [];
  for (const domain of domainOrder(plan, name === undefined ? null : [name])) {
    const answer = await ask(context, {
      verb: 'plan',
      arguments: ['--domain', domain],
      schema: plannedStepsSchema,
      planFile,
    });
    if (answer === null) {
      return;
    }
    answers.push({ domain, steps: answer.steps });
  }
  if (options.json === true) {
    terminal.print(JSON.stringify({ plan: plan.hash, changes, domains: answers }, null, 2));
  } else {
    terminal.print(
      answers.map(({ domain, steps }) => renderPlannedSteps(domain, steps, changes, terminal.style)).join('\n\n'),
    );
  }
}

/** `lakehouse plan` */
export function plan(context: Context): Command {
  return new Command('plan')
    .summary('show what a run would do, and why, without doing it')
    .description(
      'Compiles and compares with what is there: per table nothing, append, rebuild or recompute, and why. Changes nothing.',
    )
    .argument('[domain]', 'only this domain')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse plan\n  ./lakehouse plan flights --json')
    .action((name: string | undefined, options: Options) => planCommand(context, name, options));
}
