import { createProjectGraphAsync, readJson, type Tree } from '@nx/devkit';
import { codeowners } from './codeowners';

/** Nx sync generator: keeps CODEOWNERS in step with the team tags. */
// Nx takes a generator's default export.
// eslint-disable-next-line no-restricted-syntax
export default async function codeownersGenerator(tree: Tree): Promise<{ outOfSyncMessage?: string }> {
  const { nodes } = await createProjectGraphAsync();
  const { name } = readJson<{ name: string }>(tree, 'package.json');
  const organization = /^@([^/]+)\//.exec(name)?.[1] ?? name;
  const projects = Object.values(nodes).map(({ data }) => ({ root: data.root, tags: data.tags ?? [] }));
  const text = codeowners(organization, projects);
  if (tree.exists('CODEOWNERS') && tree.read('CODEOWNERS', 'utf8') === text) {
    return {};
  }
  tree.write('CODEOWNERS', text);
  return { outOfSyncMessage: 'CODEOWNERS does not say what the team tags of the projects say.' };
}
