/** Every build knows these without an ARG line, and an engine keeps them out of what it remembers of an image. */
const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
/** Mirrors, for the Dockerfiles that ask for them. */
const mirrors = ['LAKEHOUSE_DEBIAN_MIRROR', 'PIP_INDEX_URL', 'LAKEHOUSE_MAVEN_REPOSITORY', 'GOPROXY'];

/** What a build gets of the environment, to reach what it fetches; `parameters`: the names of the Dockerfile's ARG lines. */
export function buildRoutes(
  environment: Readonly<Record<string, string | undefined>>,
  parameters: readonly string[],
): Readonly<Record<string, string>> {
  const names = [...proxies, ...mirrors.filter((name) => parameters.includes(name))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}
