import { stringify } from 'yaml';
import { generatedBy } from './generatedBy.js';

/**
 * A YAML document without anchors; the order of keys is kept. `comment` follows the line that names the origin.
 *
 * Readers of YAML 1.1, docker-compose 1.29 among them, take a bare `no` for false: what they read otherwise is quoted.
 */
export function yamlDocument(value: unknown, source: string, comment: readonly string[] = []): string {
  const text = stringify(value, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 });
  return [...[generatedBy(source), ...comment].map((line) => `# ${line}`), text].join('\n');
}
