import type { Problem } from '@lakehouse/contracts';
import type { Plan } from '@lakehouse/plan';
import { readDomainFiles } from './domainFiles.js';

export interface Compiled {
  /** Null where a problem is an error. */
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
  readonly seconds: number;
}

/** Compiles every domain under `domains`. */
export async function compileWorkspace(root: string, domains: string): Promise<Compiled> {
  const started = performance.now();
  // Loaded only where it is needed: its SQL parser makes up most of the start of the command line.
  const { compile } = await import('@lakehouse/compiler');
  const { plan, problems } = await compile(await readDomainFiles(root, domains));
  return { plan, problems, seconds: (performance.now() - started) / 1000 };
}
