import { type DeclaredIdentity } from '../declaration/declaration.js';
import { policyDocument } from '../declaration/policyDocument.js';
import { type IdentityChange } from './change.js';
import { comparable } from './comparable.js';

/** An identity as it is. */
export interface ObservedIdentity {
  /** Its policy, as the store gives it; undefined where there is none. */
  readonly document: unknown;
  /** Undefined where there is no such user. */
  readonly user: ObservedUser | undefined;
}

export interface ObservedUser {
  readonly enabled: boolean;
  /** The store accepts the secret key that the secret holds. */
  readonly keyWorks: boolean;
  /** Names of the policies that hold for it. */
  readonly policies: readonly string[];
}

/** What has to be done to an identity, in order: a user never has more than its policy says. */
export function planIdentity(declared: DeclaredIdentity, observed: ObservedIdentity): readonly IdentityChange[] {
  const { name: identity } = declared;
  const { user } = observed;
  const document = policyDocument(declared, 'minio');
  const others = user?.policies.filter((policy) => policy !== identity) ?? [];
  const because = keyFault(user);
  const changes: readonly (IdentityChange | undefined)[] = [
    comparable(observed.document) === comparable(document) ? undefined : { kind: 'policy', identity, document },
    others.length === 0 ? undefined : { kind: 'detach', identity, policies: others },
    because === undefined ? undefined : { kind: 'key', identity, because },
    user?.policies.includes(identity) === true ? undefined : { kind: 'attach', identity },
  ];
  return changes.filter((change) => change !== undefined);
}

function keyFault(user: ObservedUser | undefined): 'new' | 'disabled' | 'changed' | undefined {
  if (user === undefined) return 'new';
  if (!user.enabled) return 'disabled';
  return user.keyWorks ? undefined : 'changed';
}
