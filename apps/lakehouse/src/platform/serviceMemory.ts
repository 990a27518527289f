import type Docker from 'dockerode';
import { type ServiceState } from './listServices.js';

/** Bytes that a running container holds, without the files that the kernel only caches for it; null where it does not run. */
export async function serviceMemory(engine: Docker, service: ServiceState): Promise<number | null> {
  if (service.state !== 'running') return null;
  const stats = await engine.getContainer(service.container).stats({ stream: false, 'one-shot': true });
  const { usage, stats: detail } = stats.memory_stats as { usage?: number; stats?: Record<string, number> };
  if (usage === undefined) return null;
  // As `docker stats` counts: https://docs.docker.com/reference/cli/docker/container/stats/
  const cache = detail?.['inactive_file'] ?? detail?.['total_inactive_file'] ?? 0;
  return usage - cache;
}
