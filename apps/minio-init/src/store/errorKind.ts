/**
 * What an error of a request to the store means.
 *
 * - `unreachable`: there is no store at the address, or it is not ready yet; it may be later
 * - `unknownUser`, `wrongKey`: the store does not know the access key id, or the secret key is another one
 * - `denied`: who asks may not do it
 * - `absent`: what was asked for does not exist
 * - `unsupported`: the store has no such thing, or not for this bucket
 * - `malformed`: the store does not understand the request: a part of it that only other stores have
 * - `other`: all else
 */
export type ErrorKind =
  | 'unreachable'
  | 'unknownUser'
  | 'wrongKey'
  | 'denied'
  | 'absent'
  | 'unsupported'
  | 'malformed'
  | 'other';

const kinds: Readonly<Record<string, ErrorKind>> = {
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EPIPE: 'unreachable',
  ETIMEDOUT: 'unreachable',
  TimeoutError: 'unreachable',
  ServiceUnavailable: 'unreachable',
  SlowDown: 'unreachable',
  XMinioServerNotInitialized: 'unreachable',
  InvalidAccessKeyId: 'unknownUser',
  SignatureDoesNotMatch: 'wrongKey',
  AccessDenied: 'denied',
  Forbidden: 'denied',
  NoSuchBucket: 'absent',
  NotFound: 'absent',
  NoSuchBucketPolicy: 'absent',
  NoSuchLifecycleConfiguration: 'absent',
  ObjectLockConfigurationNotFoundError: 'absent',
  InvalidBucketState: 'unsupported',
  MethodNotAllowed: 'unsupported',
  NotImplemented: 'unsupported',
  NotSupported: 'unsupported',
  InvalidArgument: 'malformed',
  InvalidRequest: 'malformed',
  MalformedXML: 'malformed',
};

const statuses: Readonly<Record<number, ErrorKind>> = {
  403: 'denied',
  404: 'absent',
  405: 'unsupported',
  501: 'unsupported',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};

export function errorKind(error: unknown): ErrorKind {
  if (!(error instanceof Error)) return 'other';
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  return (
    kinds[error.name] ??
    (typeof code === 'string' ? kinds[code] : undefined) ??
    statuses[$metadata?.httpStatusCode ?? 0] ??
    'other'
  );
}
