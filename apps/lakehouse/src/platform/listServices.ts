import type Docker from 'dockerode';
import { type Installation } from './installation.js';

/** A container of the platform as the engine sees it. */
export interface ServiceState {
  readonly service: string;
  readonly container: string;
  readonly state: 'running' | 'exited' | 'created' | 'restarting' | 'paused' | 'dead' | 'removing';
  /** Null where its image has no health check, or it does not run. */
  readonly health: 'healthy' | 'unhealthy' | 'starting' | null;
  /** Null while it runs. */
  readonly exit: number | null;
  /** Ports of the host. */
  readonly ports: readonly number[];
}

/** The containers of an installation's services, by service; those that compose starts for one command are left out. */
export async function listServices(engine: Docker, { project }: Installation): Promise<readonly ServiceState[]> {
  const label = [`com.docker.compose.project=${project}`, 'com.docker.compose.oneoff=False'];
  const containers = await engine.listContainers({ all: true, filters: { label } });
  const states = containers.map((container): ServiceState => {
    const state = container.State as ServiceState['state'];
    return {
      service: container.Labels['com.docker.compose.service'] ?? container.Id,
      container: container.Id,
      state,
      health: healthOf(container.Status),
      exit: state === 'exited' ? Number(/\((\d+)\)/.exec(container.Status)?.[1] ?? 1) : null,
      ports: container.Ports.flatMap(({ PublicPort: port }) =>
        (port as number | undefined) === undefined ? [] : [port],
      ),
    };
  });
  return states.sort((one, other) => (one.service < other.service ? -1 : 1));
}

/** The engine tells it in words: `Up 3 seconds (health: starting)`, `Up 2 minutes (healthy)`. */
function healthOf(status: string): ServiceState['health'] {
  if (status.includes('(health: starting)')) return 'starting';
  if (status.includes('(healthy)')) return 'healthy';
  return status.includes('(unhealthy)') ? 'unhealthy' : null;
}
