/** An error in one line. What fetch throws has its reason in its cause alone, and those of several addresses in their parts. */
export function reason(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('cause' in error && error.cause !== undefined) return reason(error.cause);
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.map(reason).join(', ');
  const { name, message } = error as Partial<Error>;
  if (name === 'TimeoutError') return 'no answer in time';
  if (message === undefined) return JSON.stringify(error);
  return name === undefined || name === 'Error' ? message.trim() : `${name}: ${message.trim()}`;
}
