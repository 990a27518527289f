import { composeFiles, type ComposeFile } from '@lakehouse/stack';
import { type Expectation } from './awaitServices.js';
import { type Settings } from './settings.js';

/** The compose files that `up` starts with these settings, in their order. */
export function startedFiles({ without }: Pick<Settings, 'without'>): readonly ComposeFile[] {
  return composeFiles.filter(({ part }) => part === null || !without.includes(part));
}

/** The services that `up` brings up with these settings. */
export function expectations(settings: Settings): readonly Expectation[] {
  const { variables, workers } = settings;
  const parts = (variables['COMPOSE_PROFILES'] ?? '').split(',');
  return startedFiles(settings)
    .flatMap(({ stack }) => stack.services)
    .filter(({ profile }) => profile === undefined || parts.includes(profile))
    .map(({ name, kind, replicas }) => ({ name, kind, replicas: replicas === undefined ? 1 : workers }));
}

/** Those services, and the ones that are started for a command: a pipeline, or dashboards where they are a part. */
export function neededServices(settings: Settings): readonly string[] {
  const started = expectations(settings).map(({ name }) => name);
  return [...started, 'pipeline-runner', ...(started.includes('superset') ? ['superset-bootstrap'] : [])];
}

/** The images of the needed services. */
export function neededImages(settings: Settings): readonly string[] {
  const needed = neededServices(settings);
  const services = composeFiles.flatMap(({ stack }) => stack.services);
  return [...new Set(services.filter(({ name }) => needed.includes(name)).map(({ image }) => image))].sort();
}
