import { composeFiles, publishedAddress, publishedPorts, valueOf } from '@lakehouse/stack';
import type Docker from 'dockerode';
import { type ServiceLine } from '../render/services.js';
import { type Installation } from './installation.js';
import { listServices, type ServiceState } from './listServices.js';
import { serviceMemory } from './serviceMemory.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** How each published port is spoken to; pages are HTTP. */
const schemes: Readonly<Record<string, string>> = {
  [publishedPorts.thrift.variable]: 'jdbc:hive2',
};

/** The services of an installation with where they are reached and what they take. */
export async function describeServices(
  engine: Docker,
  installation: Installation,
  variables: Variables,
): Promise<readonly ServiceLine[]> {
  const states = await listServices(engine, installation);
  return await Promise.all(
    states.map(async (state) => ({
      service: state.service,
      state: state.exit === 0 ? 'done' : (state.health ?? state.state),
      ok: state.exit === 0 || state.health === 'healthy',
      url: placesOf(state, variables),
      memory: await serviceMemory(engine, state),
    })),
  );
}

function placesOf({ service: name }: ServiceState, variables: Variables): string | null {
  const service = composeFiles.flatMap(({ stack }) => stack.services).find((candidate) => candidate.name === name);
  if (service === undefined || service.ports.length === 0) return null;
  const address = valueOf(publishedAddress, variables);
  return service.ports
    .map(({ host }) => `${schemes[host.variable] ?? 'http'}://${address}:${valueOf(host, variables)}`)
    .join(' ');
}
