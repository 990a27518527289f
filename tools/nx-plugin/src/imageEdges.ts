import { readDockerfile } from './dockerfile';
import { ownImages } from './imageTarget';

/**
 * The roots of the projects that an image is made of: those whose images it stands on, and those whose files it copies.
 *
 * `text`: the Dockerfile; `roots`: the roots of all projects, relative to the workspace.
 */
export function imageParts(text: string, roots: readonly string[]): readonly string[] {
  const { bases, sources } = readDockerfile(text);
  const folders = bases
    .filter((base) => base.startsWith(ownImages))
    .map((base) => base.slice(ownImages.length).replace(/[:@].*$/, ''));
  const images = roots.filter((root) => folders.includes(root.replace(/^(apps|docker)\//, '')));
  const copied = roots.filter((root) => sources.some((source) => isBelow(source, root)));
  return [...new Set([...images, ...copied])];
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
