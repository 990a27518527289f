import { generatedBy } from './generatedBy.js';
import { entriesOf, type Properties } from './properties.js';

/** How `java.util.Properties` reads back a key or a value: https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Properties.html#load(java.io.Reader) */
function escaped(text: string, signs: RegExp): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/\f/g, '\\f')
    .replace(signs, '\\$&');
}

/** A file of Java properties, `name=value` a line, as Spark's spark-defaults.conf is too. Text is UTF-8. */
export function javaProperties(properties: Properties, source: string): string {
  const lines = entriesOf(properties).flatMap(({ name, value, comment }) => [
    ...(comment === null ? [] : [`# ${comment}`]),
    `${escaped(name, /[ :=#!]/g)}=${escaped(value, /^[ #!]/)}`,
  ]);
  return [`# ${generatedBy(source)}`, ...lines, ''].join('\n');
}
