/** The first line of every rendered file, behind the sign that starts a comment in its format. */
export function generatedBy(source: string): string {
  return `Generated from ${source}.`;
}
