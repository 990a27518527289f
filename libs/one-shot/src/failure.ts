/** Ends the program: what went wrong, where, and what to do about it. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    readonly subject: string,
    message: string,
    readonly fix: string,
  ) {
    super(message);
    this.name = 'Failure';
  }
}
