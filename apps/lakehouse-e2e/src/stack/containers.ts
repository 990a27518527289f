import { connectEngine } from '@lakehouse/engine';
import type Docker from 'dockerode';
import { execFileSync } from 'node:child_process';
import { setting } from './platform.js';

/** A container of the platform with all that the engine says of it. */
export interface Running {
  readonly service: string;
  readonly container: Docker.Container;
  readonly facts: Docker.ContainerInspectInfo;
}

/** Every container of the platform, ended ones too. */
export async function allContainers(): Promise<readonly Running[]> {
  const engine = await connectEngine();
  const label = [`com.docker.compose.project=${setting('COMPOSE_PROJECT_NAME')}`];
  const listed = await engine.listContainers({ all: true, filters: { label } });
  return await Promise.all(
    listed.map(async ({ Id, Labels }) => {
      const container = engine.getContainer(Id);
      return { service: Labels['com.docker.compose.service'] ?? Id, container, facts: await container.inspect() };
    }),
  );
}

/** The first running container of a service; throws Error where there is none. */
export async function serviceContainer(service: string): Promise<Running> {
  const found = (await allContainers()).find((running) => running.service === service && running.facts.State.Running);
  if (found === undefined) throw new Error(`${service} does not run.`);
  return found;
}

/** Runs a command in the first container of a service and returns what it printed, errors too. */
export async function inService(service: string, ...command: string[]): Promise<string> {
  return execIn((await serviceContainer(service)).container.id, command);
}

/** Runs a command in a container; a failing one returns what it printed too. */
export function execIn(container: string, command: readonly string[]): string {
  try {
    return execFileSync('docker', ['exec', container, ...command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}`;
  }
}
