import { publishedAddress, publishedPorts, valueOf } from '@lakehouse/stack';
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { Failure } from '../failure.js';
import { findComposeClient } from './composeClient.js';
import { connectPlatformEngine } from './connectPlatformEngine.js';
import { type MachineFacts } from './diagnose.js';
import { type Installation } from './installation.js';
import { listServices } from './listServices.js';
import { type Settings } from './settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads what `diagnose` judges. Changes nothing. */
export async function examineMachine(
  installation: Installation,
  settings: Settings,
  environment: Environment,
): Promise<MachineFacts> {
  const compose = findComposeClient(environment)?.version ?? null;
  const address = valueOf(publishedAddress, settings.variables);
  const ports = Object.values(publishedPorts).map((published) => ({
    variable: published.variable,
    address,
    port: Number(valueOf(published, settings.variables)),
  }));
  try {
    const engine = await connectPlatformEngine();
    const info = (await engine.info()) as { ServerVersion: string; MemTotal: number; DockerRootDir: string };
    const own = new Set((await listServices(engine, installation)).flatMap((service) => service.ports));
    const foreign = ports.filter(({ port }) => !own.has(port));
    const taken = await Promise.all(foreign.map(async (each) => ((await isFree(each)) ? [] : [each])));
    return {
      engine: { version: info.ServerVersion, place: environment['DOCKER_HOST'] ?? '/var/run/docker.sock' },
      memory: info.MemTotal,
      disk: await freeSpace(info.DockerRootDir),
      images: (await engine.listImages()).flatMap(({ RepoTags: tags }) => tags ?? []),
      compose,
      takenPorts: taken.flat(),
      ports: ports.length,
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      engine: { failure: error.message },
      memory: null,
      disk: null,
      images: [],
      compose,
      takenPorts: [],
      ports: 0,
    };
  }
}

async function freeSpace(folder: string): Promise<MachineFacts['disk']> {
  if (!existsSync(folder)) return null;
  const { bavail, bsize } = await statfs(folder);
  return { free: bavail * bsize, folder };
}

async function isFree({ address, port }: { readonly address: string; readonly port: number }): Promise<boolean> {
  const server = createServer();
  return await new Promise((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, address, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
