import { exitCode } from './exitCode.js';

/** Ends a command: what went wrong, where, and what to do about it. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    readonly subject: string,
    message: string,
    readonly fix: string,
    readonly exit: number = exitCode.failed,
  ) {
    super(message);
    this.name = 'Failure';
  }
}
