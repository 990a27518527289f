import { createNodesFromFiles, type CreateNodes, type CreateNodesContextV2 } from '@nx/devkit';
import { basename, dirname } from 'node:path';
import { domainProject } from './domain-project';
import { pythonTargets } from './python-targets';

/** Nx projects and targets of what is not an npm package: Python packages and domains. */
export const createNodes: CreateNodes = [
  '{apps/*/pyproject.toml,libs/*/pyproject.toml,libs/domains/*/domain.yaml}',
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
