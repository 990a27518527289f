import fc from 'fast-check';
import { policyDocument } from '../declaration/policyDocument.js';
import { type IdentityChange } from './change.js';
import { planIdentity, type ObservedIdentity } from './planIdentity.js';

const reader = { name: 'reader', secret: 's3-reader', buckets: { gold: ['list', 'read'] } } as const;
const document = policyDocument(reader, 'minio');

const anyObserved: fc.Arbitrary<ObservedIdentity> = fc.record({
  document: fc.constantFrom(undefined, document, { Version: '2012-10-17', Statement: [] }),
  user: fc.option(
    fc.record({
      enabled: fc.boolean(),
      keyWorks: fc.boolean(),
      policies: fc.uniqueArray(fc.constantFrom('reader', 'readwrite', 'consoleAdmin')),
    }),
    { nil: undefined },
  ),
});

/** MinIO, which refuses to attach what it does not have. */
function after(observed: ObservedIdentity, changes: readonly IdentityChange[]): ObservedIdentity {
  return changes.reduce<ObservedIdentity>((found, change) => {
    const { user } = found;
    switch (change.kind) {
      case 'policy':
        return { ...found, document: change.document };
      case 'key':
        return { ...found, user: { enabled: true, keyWorks: true, policies: user?.policies ?? [] } };
      case 'attach':
        if (user === undefined || found.document === undefined) throw new Error('There is nothing to attach, or to.');
        return { ...found, user: { ...user, policies: [...user.policies, change.identity] } };
      case 'detach':
        if (user === undefined) throw new Error('There is nothing to detach from.');
        return {
          ...found,
          user: { ...user, policies: user.policies.filter((name) => !change.policies.includes(name)) },
        };
    }
  }, observed);
}

describe('planIdentity', () => {
  it('leads from anything to what is declared, after which nothing is left to do', () => {
    fc.assert(
      fc.property(anyObserved, (observed) => {
        const reached = after(observed, planIdentity(reader, observed));

        expect(planIdentity(reader, reached)).toEqual([]);
        expect(reached.user?.policies).toEqual(['reader']);
      }),
    );
  });

  it('may be killed after any change', () => {
    fc.assert(
      fc.property(anyObserved, fc.nat({ max: 4 }), (observed, done) => {
        const halfWay = after(observed, planIdentity(reader, observed).slice(0, done));

        expect(planIdentity(reader, after(halfWay, planIdentity(reader, halfWay)))).toEqual([]);
      }),
    );
  });

  it('knows a policy by what it says', () => {
    const user = { enabled: true, keyWorks: true, policies: ['reader'] };
    const asGiven = JSON.parse(
      JSON.stringify({ ...document, Statement: [...document.Statement].reverse() }),
    ) as unknown;

    expect(planIdentity(reader, { document: asGiven, user })).toEqual([]);
  });
});
