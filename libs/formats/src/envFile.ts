import { generatedBy } from './generatedBy.js';

/**
 * A `.env` file as docker-compose reads it. Both of its versions agree on plain values only, so others are refused.
 *
 * Throws where a value holds a quote, a `$`, a `#`, a line break, or begins or ends with a space.
 */
export function envFile(variables: Readonly<Record<string, string>>, source: string): string {
  const lines = Object.entries(variables).map(([name, value]) => {
    if (/['"$#\n\r\\]|^\s|\s$/.test(value)) {
      throw new Error(`${name} cannot stand in an env file: its value has a quote, $, #, \\ or a space at an end.`);
    }
    return `${name}=${value}`;
  });
  return [`# ${generatedBy(source)}`, ...lines, ''].join('\n');
}
