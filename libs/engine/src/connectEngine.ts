import Docker, { type DockerOptions } from 'dockerode';
import { Agent } from 'node:http';

/** Something is wrong with the engine or with what it is asked for; `fix` says what to do. */
export class EngineError extends Error {
  constructor(
    /** What is wrong, without the fix. */
    readonly reason: string,
    readonly fix: string,
  ) {
    super(`${reason} ${fix}`);
    this.name = 'EngineError';
  }
}

/**
 * The Docker engine of this machine: that of DOCKER_HOST, else the one at /var/run/docker.sock.
 *
 * Throws EngineError where none answers.
 */
export async function connectEngine(): Promise<Docker> {
  const place = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  // A connection that is kept while an image is built for minutes may be dead when it is used again.
  const options: DockerOptions & { agent?: Agent } = place.startsWith('unix:')
    ? { agent: new Agent({ keepAlive: false }) }
    : {};
  const engine = new Docker(options);
  try {
    await engine.ping();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError(`No Docker engine answers at ${place} (${reason}).`, 'Start Docker, or set DOCKER_HOST.');
  }
  return engine;
}
