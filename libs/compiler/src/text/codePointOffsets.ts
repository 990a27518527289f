const surrogate = /[\ud800-\udfff]/;

/** Maps offsets counted in Unicode characters, as the SQL parser counts, to offsets in a JavaScript string. */
export function codePointOffsets(text: string): (offset: number) => number {
  if (!surrogate.test(text)) return (offset) => offset;
  const starts: number[] = [];
  let position = 0;
  for (const character of text) {
    starts.push(position);
    position += character.length;
  }
  return (offset) => starts[offset] ?? text.length;
}
