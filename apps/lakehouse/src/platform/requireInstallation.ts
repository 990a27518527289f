import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { renderPath } from '../render/path.js';
import { isPlatform, type Installation } from './installation.js';

/** For commands that need a platform: throws Failure LH3106 where this home never had one. */
export function requireInstallation(installation: Installation): void {
  if (isPlatform(installation)) return;
  throw new Failure(
    'LH3106',
    renderPath(installation.home),
    'There is no platform in this home.',
    './lakehouse up brings one up.',
    exitCode.usage,
  );
}
