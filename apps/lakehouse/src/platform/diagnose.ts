/** What was read of a machine; null where it could not be read. Sizes in bytes. */
export interface MachineFacts {
  readonly engine: { readonly version: string; readonly place: string } | { readonly failure: string };
  readonly memory: number | null;
  readonly disk: { readonly free: number; readonly folder: string } | null;
  /** Images in the engine, each with its tag. */
  readonly images: readonly string[];
  readonly compose: string | null;
  /** Published ports that something else listens on. */
  readonly takenPorts: readonly { readonly port: number; readonly address: string; readonly variable: string }[];
  /** Ports that were tried. */
  readonly ports: number;
}

/** One thing that doctor looked at; `fix` says what to do where it is not as it has to be. */
export interface Finding {
  readonly what: string;
  readonly found: string;
  readonly needed: string;
  readonly fix: string | null;
}

export interface Needs {
  /** Bytes that all services may take together. */
  readonly memory: number;
  /** Images that the services start from, each with its tag. */
  readonly images: readonly string[];
  readonly profile: string;
}

/** The engine's API that the images are built by came with this version. */
const oldestEngine = [20, 10] as const;
const mebibyte = 1024 ** 2;
/** Bytes that an image takes with the stages that only its build needs: our eleven came to 9.1 GiB. */
const imageSize = 850 * mebibyte;
/** Bytes for a small lakehouse, its logs and its metadata. */
const dataSize = 4 * 1024 * mebibyte;

/** What stands for or against starting the platform on a machine. */
export function diagnose(facts: MachineFacts, needs: Needs): readonly Finding[] {
  return [engine(facts), compose(facts), memory(facts, needs), disk(facts, needs), ...ports(facts)];
}

function engine({ engine: found }: MachineFacts): Finding {
  const needed = `${oldestEngine.join('.')} or newer`;
  if ('failure' in found) {
    return {
      what: 'engine',
      found: found.failure,
      needed,
      fix: 'Start Docker, or set DOCKER_HOST; bare Debian: tools/engine/prepare.',
    };
  }
  const [major = 0, minor = 0] = found.version.split('.').map(Number);
  const old = major < oldestEngine[0] || (major === oldestEngine[0] && minor < oldestEngine[1]);
  return { what: 'engine', found: `${found.version} at ${found.place}`, needed, fix: old ? 'Update Docker.' : null };
}

function compose({ compose: version }: MachineFacts): Finding {
  return {
    what: 'compose',
    found: version ?? 'none',
    needed: '1.29 or newer',
    fix: version === null ? 'Install Docker Compose; on Debian: apt install docker-compose.' : null,
  };
}

function memory({ memory: total }: MachineFacts, needs: Needs): Finding {
  const needed = `${size(needs.memory)} for the profile ${needs.profile}`;
  if (total === null) return { what: 'memory', found: 'unknown', needed, fix: null };
  return {
    what: 'memory',
    found: `${size(total)} for containers`,
    needed,
    fix: total < needs.memory ? 'Give the engine more memory, or choose a smaller --profile or fewer --workers.' : null,
  };
}

function disk({ disk: found, images: present }: MachineFacts, needs: Needs): Finding {
  const missing = needs.images.filter((image) => !present.includes(image)).length;
  const least = dataSize + missing * imageSize;
  const needed = missing === 0 ? size(least) : `${size(least)} to build ${missing} of ${needs.images.length} images`;
  if (found === null) return { what: 'disk', found: 'unknown: the engine keeps it elsewhere', needed, fix: null };
  return {
    what: 'disk',
    found: `${size(found.free)} free at ${found.folder}`,
    needed,
    fix:
      found.free < least ? `Free space at ${found.folder}: docker system prune removes what no container uses.` : null,
  };
}

function ports({ ports: tried, takenPorts }: MachineFacts): readonly Finding[] {
  if (takenPorts.length === 0) {
    return [{ what: 'ports', found: `${tried} of ${tried} free or ours`, needed: 'all', fix: null }];
  }
  return takenPorts.map(({ port, address, variable }) => ({
    what: `port ${port}`,
    found: `another program listens on ${address}:${port}`,
    needed: 'free',
    fix: `End that program, or set ${variable} to another port, such as ${variable}=${port + 10_000}.`,
  }));
}

function size(bytes: number): string {
  const mebibytes = bytes / mebibyte;
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`;
}
