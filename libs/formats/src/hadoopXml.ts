import { generatedBy } from './generatedBy.js';
import { entriesOf, type Properties } from './properties.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
}

/** A configuration file of Hadoop and Hive: `properties` in the order in which they stand. `source` is named as its origin. */
export function hadoopXml(properties: Properties, source: string): string {
  const lines = entriesOf(properties).flatMap(({ name, value, comment }) => [
    ...(comment === null ? [] : [`  <!-- ${escaped(comment)} -->`]),
    `  <property><name>${escaped(name)}</name><value>${escaped(value)}</value></property>`,
  ]);
  return [
    '<?xml version="1.0"?>',
    `<!-- ${generatedBy(source)} -->`,
    '<configuration>',
    ...lines,
    '</configuration>',
    '',
  ].join('\n');
}
