import type { Context } from '../context.js';
import { Failure } from '../failure.js';
import { renderFailure } from '../render/failure.js';
import { appliedPlanFile } from '../workspace/plans.js';
import { callRuntime } from './callRuntime.js';

/** Has a query server that was started anew hold what dashboards read; where it cannot, that is told, and they are but slower. */
export async function warmGold(context: Context): Promise<void> {
  const { terminal, workspace } = context;
  try {
    await callRuntime(context, {
      verb: 'warm',
      arguments: [],
      planFile: appliedPlanFile(workspace.home),
      quiet: true,
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, subject, message, fix } = error;
    terminal.note(renderFailure({ code, subject, message, fix, severity: 'warning' }, terminal.noteStyle));
  }
}
