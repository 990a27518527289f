/**
 * What goes into a pin file: the artifacts of `roots` with all that they need at run time less what is excluded, and
 * those of `alone` without. An artifact is `group:artifact:version`, then `:classifier` and `@extension` where it has
 * one; what is excluded is `group:artifact`, and either may be `*`.
 * @typedef {{ readonly roots?: readonly string[], readonly alone?: readonly string[], readonly exclude?: readonly string[],
 *   readonly withoutThoseOfSpark?: boolean }} JarList
 */

/**
 * @typedef {{ group: string, artifact: string, version: string, sha256: string, classifier?: string,
 *   extension?: string }} JarPin
 */

/**
 * The text of a Maven project that depends on the artifacts of a list.
 * @param {JarList} list
 * @param {Readonly<Record<string, string>>} versions what stands for `${name}` in an artifact
 */
export function projectOf({ roots = [], alone = [], exclude = [] }, versions) {
  const dependencies = [
    ...roots.map((root) => dependency(withVersions(root, versions), exclude)),
    ...alone.map((root) => dependency(withVersions(root, versions), ['*:*'])),
  ];
  return element(
    'project',
    '<modelVersion>4.0.0</modelVersion><groupId>lakehouse</groupId><artifactId>jars</artifactId><version>1</version>' +
      `<packaging>pom</packaging>${element('dependencies', dependencies.join(''))}`,
  );
}

/**
 * Whether a path in a repository is that of an artifact, and not of a folder, a project file or what Maven notes down.
 * @param {string} path
 */
export function isArtifact(path) {
  return /(?:^|\/)([^/]+)\/([^/]+)\/\1-\2[-.][^/]+$/.test(path) && !path.endsWith('.pom');
}

/**
 * The pin of a file, by its path in a repository.
 * @param {string} path
 * @param {string} sha256
 * @returns {JarPin}
 */
export function pinOf(path, sha256) {
  const [file = '', version = '', artifact = '', ...group] = path.split('/').reverse();
  const [, classifier = '', extension = ''] =
    /^(?:-([^.]+))?\.(.+)$/.exec(file.slice(`${artifact}-${version}`.length)) ?? [];
  return {
    group: group.reverse().join('.'),
    artifact,
    version,
    sha256,
    ...(classifier === '' ? {} : { classifier }),
    ...(extension === 'jar' ? {} : { extension }),
  };
}

/**
 * Whether one of these files is the artifact, in whatever version.
 * @param {string} artifact
 * @param {readonly string[]} files
 */
export function isAmong(artifact, files) {
  return files.some((file) => file.startsWith(`${artifact}-`) && /^\d/.test(file.slice(artifact.length + 1)));
}

/**
 * @param {string} artifact
 * @param {readonly string[]} exclude
 */
function dependency(artifact, exclude) {
  const [coordinates = '', extension = 'jar'] = artifact.split('@');
  const exclusions = exclude.map((name) => element('exclusion', named(name))).join('');
  return element('dependency', named(coordinates) + element('type', extension) + element('exclusions', exclusions));
}

/** @param {string} coordinates */
function named(coordinates) {
  const names = ['groupId', 'artifactId', 'version', 'classifier'];
  return coordinates
    .split(':')
    .map((part, index) => element(names[index] ?? '', part))
    .join('');
}

/**
 * @param {string} text
 * @param {Readonly<Record<string, string>>} versions
 */
function withVersions(text, versions) {
  return text.replace(/\$\{(\w+)\}/, (_, /** @type {string} */ name) => {
    const version = versions[name];
    if (version === undefined) throw new Error(`jars.in.json has no version called ${name}, which ${text} asks for.`);
    return version;
  });
}

/**
 * @param {string} name
 * @param {string} content
 */
function element(name, content) {
  return `<${name}>${content}</${name}>`;
}
