import type { Plan } from '@lakehouse/plan';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { renderProblems } from '../render/problems.js';
import { configureDqops } from '../platform/configureDqops.js';
import { updateDashboards } from '../platform/dashboards.js';
import { installationOf, isPlatform } from '../platform/installation.js';
import { compileWorkspace } from '../workspace/compileWorkspace.js';
import { applyPlan, readAnalysed, readAppliedPlan, rememberAnalysed, storePlan } from '../workspace/plans.js';
import { analyse } from './analyse.js';
import { callRuntime } from './callRuntime.js';

/** Compiles the workspace and shows its problems; null, with the exit code set, where one is an error. */
export async function compileOrExplain(context: Context): Promise<Plan | null> {
  const { plan, problems } = await compileWorkspace(context.workspace.root, context.workspace.domains);
  if (problems.length > 0) {
    context.terminal.note(renderProblems(problems, context.terminal.noteStyle));
  }
  if (plan === null) {
    context.finish(exitCode.problems);
  }
  return plan;
}

/**
 * Analyses a changed plan on Spark and applies it; false, with the exit code set, where something stands against it.
 *
 * What follows from a plan is configured when that changed, and with `reconfigure` in any case: somebody may have changed it there.
 */
export async function analyseAndApply(
  context: Context,
  plan: Plan,
  { reconfigure = false }: { readonly reconfigure?: boolean } = {},
): Promise<boolean> {
  const { home } = context.workspace;
  const file = await storePlan(home, plan);
  if ((await readAnalysed(home)) !== plan.hash) {
    const problems = await analyse(context, plan, file);
    if (problems === null) {
      return false;
    }
    if (problems.length > 0) {
      context.terminal.note(renderProblems(problems, context.terminal.noteStyle));
    }
    if (problems.some(({ severity }) => severity === 'error')) {
      context.finish(exitCode.problems);
      return false;
    }
    await rememberAnalysed(home, plan);
  }
  const installation = installationOf(context.workspace);
  const isChanged = (await readAppliedPlan(home))?.hash !== plan.hash;
  if (isPlatform(installation) && isChanged) {
    const { exit } = await callRuntime(context, { verb: 'apply', arguments: [], planFile: file });
    if (exit !== exitCode.ok) {
      context.finish(exit);
      return false;
    }
  }
  if (isPlatform(installation) && (isChanged || reconfigure) && !(await configureDqops(context, installation)))
    return false;
  await applyPlan(home, plan);
  if (isChanged) await updateDashboards(context, installation, file);
  return true;
}
