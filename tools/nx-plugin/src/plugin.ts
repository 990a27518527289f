import {
  createNodesFromFiles,
  DependencyType,
  validateDependency,
  type CreateDependencies,
  type CreateNodesV2,
  type CreateNodesContextV2,
  type RawProjectGraphDependency,
} from '@nx/devkit';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { domainProject } from './domainProject';
import { imageParts } from './imageEdges';
import { imageTarget } from './imageTarget';
import { pythonTargets } from './pythonTargets';

/** Nx projects and targets of what is not an npm package: Python packages, domains and images. */
export const createNodes: CreateNodesV2 = [
  '{apps/*/pyproject.toml,libs/*/pyproject.toml,tools/*/pyproject.toml,libs/domains/*/domain.yaml,apps/*/Dockerfile,docker/*/Dockerfile}',
  (files, options, context) => createNodesFromFiles(nodesOf, files, options, context),
];

function nodesOf(file: string, _options: unknown, context: CreateNodesContextV2) {
  const root = dirname(file);
  const project = {
    'domain.yaml': () => domainProject(context.workspaceRoot, file),
    'pyproject.toml': () => ({
      root,
      targets: pythonTargets(root, readFileSync(join(context.workspaceRoot, file), 'utf8')),
    }),
    Dockerfile: () => ({ root, targets: { image: imageTarget(file) } }),
  }[basename(file)];
  return project === undefined ? {} : { projects: { [root]: project() } };
}

/** An image depends on the images that it stands on and on the projects whose files it copies; its Dockerfile says which. */
export const createDependencies: CreateDependencies = (_options, context) => {
  const projects = Object.entries(context.projects).map(([name, { root }]) => ({ name, root }));
  return projects.flatMap((project) => dependenciesOf(project, projects, context));
};

interface Project {
  readonly name: string;
  readonly root: string;
}

function dependenciesOf(
  project: Project,
  projects: readonly Project[],
  context: Parameters<CreateDependencies>[1],
): RawProjectGraphDependency[] {
  const sourceFile = `${project.root}/Dockerfile`;
  const file = join(context.workspaceRoot, sourceFile);
  if (!existsSync(file)) return [];
  const others = projects.filter(({ name }) => name !== project.name);
  const parts = imageParts(
    readFileSync(file, 'utf8'),
    others.map(({ root }) => root),
  );
  return others
    .filter(({ root }) => parts.includes(root))
    .map(({ name }) => {
      const dependency = { source: project.name, target: name, sourceFile, type: DependencyType.static };
      validateDependency(dependency, context);
      return dependency;
    });
}
