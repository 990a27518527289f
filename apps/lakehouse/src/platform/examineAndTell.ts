import { memoryOf, profiles } from '@lakehouse/stack';
import { type Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { renderFindings } from '../render/findings.js';
import { diagnose, type Finding } from './diagnose.js';
import { neededImages, neededServices } from './expectations.js';
import { examineMachine } from './examineMachine.js';
import { type Installation } from './installation.js';
import { type Settings } from './settings.js';

/** What doctor finds of a machine. */
export async function examine(
  context: Context,
  installation: Installation,
  settings: Settings,
): Promise<readonly Finding[]> {
  const { profile, workers } = settings;
  const facts = await examineMachine(installation, settings, context.workspace.environment);
  const memory = memoryOf(profiles[profile], neededServices(settings), workers) * 1024 ** 2;
  return diagnose(facts, { memory, images: neededImages(settings), profile });
}

/** Shows what stands in the way, or all that was found; false, with the exit code set, where something does. */
export async function examineAndTell(
  context: Context,
  installation: Installation,
  settings: Settings,
  show: 'all' | 'failures',
): Promise<boolean> {
  const findings = await examine(context, installation, settings);
  const failed = findings.filter(({ fix }) => fix !== null);
  const { terminal } = context;
  if (show === 'all') terminal.print(renderFindings(findings, terminal.style));
  else if (failed.length > 0) terminal.note(renderFindings(failed, terminal.noteStyle));
  if (failed.length > 0) context.finish(exitCode.failed);
  return failed.length === 0;
}
