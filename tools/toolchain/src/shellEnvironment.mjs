/** Settings of the caller that would lead Python or Spark away from the prepared toolchain. */
const foreign = ['PYTHONHOME', 'PYTHONPATH', 'SPARK_HOME', 'SPARK_CONF_DIR', 'PYSPARK_PYTHON', 'PYSPARK_DRIVER_PYTHON'];

/**
 * Lines for `eval` in a POSIX shell that export `variables`.
 * @param {Readonly<Record<string, string>>} variables
 */
export function shellEnvironment(variables) {
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`);
  return [`unset ${foreign.join(' ')}`, ...exports, ''].join('\n');
}

/** @param {string} value */
function quoted(value) {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
