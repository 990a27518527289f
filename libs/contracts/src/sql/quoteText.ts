/**
 * A text as a Spark SQL string literal. Spark replaces `${…}` in every statement before it parses it,
 * inside literals too, so the dollar sign before a brace is written as an escape.
 */
export function quoteText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('${', '\\u0024{');
  return `'${escaped}'`;
}
