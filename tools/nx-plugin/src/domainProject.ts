import type { ProjectConfiguration } from '@nx/devkit';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';

/** The Nx project of a domain: its name and team stand in its domain.yaml and nowhere else. */
export function domainProject(workspaceRoot: string, file: string): ProjectConfiguration {
  const root = dirname(file);
  const content: unknown = parse(readFileSync(join(workspaceRoot, file), 'utf8'));
  const team = typeof content === 'object' && content !== null && 'team' in content ? content.team : null;
  return {
    root,
    name: `@lakehouse/domain-${basename(root)}`,
    projectType: 'library',
    tags: ['type:domain', ...(typeof team === 'string' ? [`team:${team}`] : [])],
  };
}
