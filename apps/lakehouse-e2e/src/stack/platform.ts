import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lakehouse, workspace, type Answer } from '../lakehouse.js';

/** The home of the platform that the tests run on. */
export function platformHome(): string {
  const home = process.env['LAKEHOUSE_STACK'];
  if (home === undefined) throw new Error('Start these tests by ./lakehouse test stack.');
  return home;
}

/** Where a picture of what the tests saw in the browser is kept, in LAKEHOUSE_PICTURES if that names a folder. */
export function pictureFile(name: string): string {
  const folder = process.env['LAKEHOUSE_PICTURES'] ?? join(workspace, '.lakehouse/pictures');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

/** `./lakehouse` on the platform of the tests. */
export function onPlatform(...words: string[]): Answer {
  return lakehouse(platformHome(), ...words);
}

/** The same where it has to end well. */
export function expectDone(...words: string[]): string {
  const answer = onPlatform(...words);
  if (answer.code !== 0) throw new Error(`lakehouse ${words.join(' ')} ended with ${answer.code}:\n${answer.messages}`);
  return answer.output;
}

/** A variable of the platform's env file. */
export function setting(name: string): string {
  const text = readFileSync(join(platformHome(), 'platform/compose.env'), 'utf8');
  const found = new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1];
  if (found === undefined) throw new Error(`The env file does not set ${name}.`);
  return found;
}

/** The port of this machine at which a service is published. */
export function publishedPort(name: string): number {
  return Number(setting(`LAKEHOUSE_PORT_${name}`));
}

/** A secret of the platform. */
export function secret(name: string): string {
  return readFileSync(join(platformHome(), 'platform/secrets', name), 'utf8').trim();
}
