import { createNodesFromFiles, type CreateNodesV2, type CreateNodesContextV2 } from '@nx/devkit';
import { basename, dirname } from 'node:path';
import { domainProject } from './domainProject';
import { pythonTargets } from './pythonTargets';

/** Nx projects and targets of what is not an npm package: Python packages and domains. */
export const createNodes: CreateNodesV2 = [
  '{apps/*/pyproject.toml,libs/*/pyproject.toml,tools/*/pyproject.toml,libs/domains/*/domain.yaml}',
  (files, options, context) => createNodesFromFiles(nodesOf, files, options, context),
];

function nodesOf(file: string, _options: unknown, context: CreateNodesContextV2) {
  const root = dirname(file);
  const project =
    basename(file) === 'domain.yaml'
      ? domainProject(context.workspaceRoot, file)
      : { root, targets: pythonTargets(root) };
  return { projects: { [root]: project } };
}
