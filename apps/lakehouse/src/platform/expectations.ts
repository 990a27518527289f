import { stack } from '@lakehouse/stack';
import { type Expectation } from './awaitServices.js';
import { type Settings } from './settings.js';

/** The services that `up` brings up with these settings. */
export function expectations({ variables, workers }: Settings): readonly Expectation[] {
  const parts = (variables['COMPOSE_PROFILES'] ?? '').split(',');
  return stack.services
    .filter(({ profile }) => profile === undefined || parts.includes(profile))
    .map(({ name, kind, replicas }) => ({ name, kind, replicas: replicas === undefined ? 1 : workers }));
}

/** The images of those services, and of the one that runs a pipeline. */
export function neededImages(settings: Settings): readonly string[] {
  const expected = new Set([...expectations(settings).map(({ name }) => name), 'pipeline-runner']);
  const images = stack.services.filter(({ name }) => expected.has(name)).map(({ image }) => image);
  return [...new Set(images)].sort();
}
