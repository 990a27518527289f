import { Probe } from '../probe.js';

let made: Probe | undefined;

/** The one domain that all faults are tried on: what was delivered adds up. */
export function probe(): Probe {
  made ??= new Probe();
  return made;
}

/** Runs until one ends well: what a scheduler's retries do. */
export function runUntilDone(): void {
  const said: string[] = [];
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const { code, messages } = probe().run();
    if (code === 0) return;
    said.push(messages);
  }
  throw new Error(`No run ended well:\n${said.join('\n\n')}`);
}
