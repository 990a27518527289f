/**
 * npm leaves an optional package of another platform out of package-lock.json where the registry at hand (a mirror) does
 * not have it, and `npm ci` then refuses the file. This adds those entries, without the integrity that is not known.
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string> }} Entry
 */

const operatingSystems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * The packages of a lock file with those added that it lacks.
 * @param {Readonly<Record<string, Entry>>} packages
 * @returns {Record<string, Entry>}
 */
export function completed(packages) {
  const result = { ...packages };
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (exactVersion.test(version) && found(result, path, name)?.version !== version) {
        const hoisted = `node_modules/${name}`;
        const place = hoisted in result ? `${path}/${hoisted}` : hoisted;
        result[place] = { version, ...platformOf(name), ...(entry.dev === true ? { dev: true } : {}), optional: true };
      }
    }
  }
  return Object.fromEntries(Object.entries(result).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The entry that a package at `path` gets for `name`, as Node looks for it.
 * @param {Readonly<Record<string, Entry>>} packages
 * @param {string} path
 * @param {string} name
 * @returns {Entry | undefined}
 */
function found(packages, path, name) {
  const here = packages[path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`];
  if (here !== undefined || path === '') {
    return here;
  }
  return found(
    packages,
    path.includes('node_modules/') ? path.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, '') : '',
    name,
  );
}

/** @param {string} name */
function platformOf(name) {
  const words = name.replace(/^@[^/]+\//, '').split('-');
  const os = words.filter((word) => operatingSystems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return { cpu, ...(os.length === 0 ? {} : { os }), ...(libc.length === 0 ? {} : { libc }) };
}
