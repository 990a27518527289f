import { Failure } from '@lakehouse/one-shot';

/** The store would not do what it was asked to. */
export function refused(subject: string, message: string): Failure {
  return new Failure(
    'LH4106',
    subject,
    `The object store refused it: ${message}`,
    'The root user has to be allowed all; the log of the store may say more. Run it again when that is mended: what is done stays done.',
  );
}
