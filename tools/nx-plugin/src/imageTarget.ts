import type { TargetConfiguration } from '@nx/devkit';
import { basename, dirname } from 'node:path';

/** Images of this workspace are called `lakehouse/<folder of the project>`. */
export const ownImages = 'lakehouse/';

/**
 * The target `image` of the project whose Dockerfile is `dockerfile`, relative to the workspace.
 *
 * Never cached: the image is in the engine, so a cached success could tell of an image that is not there. The executor
 * itself finds out in no time that there is nothing to do.
 */
export function imageTarget(dockerfile: string): TargetConfiguration {
  return {
    executor: '@lakehouse/nx-plugin:image',
    cache: false,
    dependsOn: ['build', '^image', { projects: ['@lakehouse/engine'], target: 'build' }],
    options: { dockerfile, repository: `${ownImages}${basename(dirname(dockerfile))}` },
  };
}
