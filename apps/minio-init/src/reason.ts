/** An error in one line. Errors of connections to several addresses have their text in their parts alone. */
export function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ');
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const message = error.message.trim();
  return error.name === 'Error' ? message : `${error.name}: ${message}`;
}
