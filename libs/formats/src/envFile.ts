import { generatedBy } from './generatedBy.js';

/** Whether a value can stand in a `.env` file: it holds no quote, `$`, `#`, `\` or line break, and no space begins or ends it. */
export function isEnvValue(value: string): boolean {
  return !/['"$#\n\r\\]|^\s|\s$/.test(value);
}

/**
 * A `.env` file as docker-compose reads it. Both of its versions agree on plain values only, so others are refused.
 *
 * Throws where one is none; see isEnvValue.
 */
export function envFile(variables: Readonly<Record<string, string>>, source: string): string {
  const lines = Object.entries(variables).map(([name, value]) => {
    if (!isEnvValue(value)) {
      throw new Error(`${name} cannot stand in an env file: its value has a quote, $, #, \\ or a space at an end.`);
    }
    return `${name}=${value}`;
  });
  return [`# ${generatedBy(source)}`, ...lines, ''].join('\n');
}
