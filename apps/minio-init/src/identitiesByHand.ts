import { type Declaration } from './declaration/declaration.js';
import { policyDocument } from './declaration/policyDocument.js';
import { type LeftOut } from './reconcile/result.js';

/** What an administrator does where users are made by other means than S3. */
export function identitiesByHand({ identities }: Declaration): readonly LeftOut[] {
  return identities.map((identity) => ({
    what: `identity ${identity.name}`,
    instead: [
      `Make a user with this policy, and write its secret key into the secret ${identity.secret}; where the store gives out access`,
      `key ids of its own, name it to the services that use ${identity.name}:`,
      JSON.stringify(policyDocument(identity, 's3'), undefined, 2),
    ].join('\n'),
  }));
}
