import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lakehouse } from '../lakehouse.js';
import { ownPrefix } from './bringUp.js';

/** Ends the platform with all its data; one in a home that the caller named stays, to be looked at. */
export function takeDown(): void {
  const home = process.env['LAKEHOUSE_STACK'];
  if (home?.startsWith(join(tmpdir(), ownPrefix)) !== true) return;
  lakehouse(home, 'down', '--volumes', '--yes');
  rmSync(home, { recursive: true, force: true });
}
