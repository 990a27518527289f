import type Docker from 'dockerode';
import { baseId } from './baseId.js';
import { buildImage } from './buildImage.js';
import { collectContext } from './context.js';
import { contextDigest } from './contextDigest.js';

export interface ImageRequest {
  /** The folder that the paths in the Dockerfile are relative to. */
  readonly root: string;
  /** The Dockerfile, relative to `root`. */
  readonly dockerfile: string;
  /** What its COPY lines take from `root`. */
  readonly sources: readonly string[];
  /** The images of its FROM lines. */
  readonly bases: readonly string[];
  readonly repository: string;
  readonly tag: string;
  readonly buildArguments: Readonly<Record<string, string>>;
  /**
   * Further build arguments, by which the build reaches what it fetches: mirrors and proxies. What it fetches is pinned
   * by checksums and the same from everywhere, so they are no part of what the image is made of.
   */
  readonly routes: Readonly<Record<string, string>>;
}

export interface EnsuredImage {
  readonly id: string;
  /** What it was made of. */
  readonly digest: string;
  readonly built: boolean;
}

/** The label by which an image is found again. */
export const contextLabel = 'dev.lakehouse.context';

/**
 * Sees to it that the engine has the image of a Dockerfile under `repository:tag`. It is built only where no image of
 * that repository was made of the same files, build arguments and bases; then it gets the tag.
 *
 * Throws EngineError where the build fails or a file is missing.
 */
export async function ensureImage(
  engine: Docker,
  request: ImageRequest,
  onLine: (line: string) => void,
): Promise<EnsuredImage> {
  const files = collectContext(request.root, [request.dockerfile, ...request.sources]);
  const own = request.repository.replace(/[^/]*$/, '');
  const bases = await Promise.all(request.bases.map((base) => baseId(engine, base, own, onLine)));
  const digest = contextDigest(files, request.buildArguments, bases);
  const found = await engine.listImages({ filters: { label: [`${contextLabel}=${digest}`] } });
  // Labels are inherited: the stages of a build that stand on an image have its label too, but no name.
  const existing = found.find(({ RepoTags }) => RepoTags?.some((name) => name.startsWith(`${request.repository}:`)));
  if (existing !== undefined) {
    await engine.getImage(existing.Id).tag({ repo: request.repository, tag: request.tag });
    return { id: existing.Id, digest, built: false };
  }
  const name = `${request.repository}:${request.tag}`;
  const options = {
    t: name,
    dockerfile: request.dockerfile,
    buildargs: { ...request.routes, ...request.buildArguments },
    labels: { [contextLabel]: digest },
  };
  await buildImage(engine, files, options, onLine);
  return { id: (await engine.getImage(name).inspect()).Id, digest, built: true };
}
