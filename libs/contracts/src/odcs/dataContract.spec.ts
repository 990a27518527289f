import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { parseContract } from '../parseContract.js';
import { everything } from '../testing/everything.fixture.js';
import { mutation, mutations } from '../testing/mutations.fixture.js';
import { dataContract } from './dataContract.js';

const references = process.env['LAKEHOUSE_REFERENCES'];
const file = join(references ?? '', 'odcs', 'odcs-json-schema-v3.1.0.json');
const isThere = references !== undefined && existsSync(file);
if (!isThere) console.log('skipped: the official ODCS schema is not at ${LAKEHOUSE_REFERENCES}/odcs');

const official = (): ((value: unknown) => boolean) => {
  const ajv = new Ajv2019({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  return (value) => validate(value);
};

const ours = (value: unknown): boolean => dataContract.safeParse(value).success;
const runs = Number(process.env['LAKEHOUSE_TEST_RUNS'] ?? 1000);

describe('the schema of the standard', () => {
  it('accepts a contract that uses every part', () => {
    expect(dataContract.safeParse(everything).error?.issues).toBeUndefined();
  });

  it.each([
    ['no map', 5],
    ['nothing', {}],
    ['an unknown key', { ...everything, colour: 'red' }],
    ['a version that is a number', { ...everything, version: 1 }],
    ['a key that objects inherit', { ...everything, toString: 'x' }],
    ['two operators', withRule({ metric: 'rowCount', mustBe: 1, mustNotBe: 2 })],
    ['no operator', withRule({ metric: 'rowCount' })],
    ['an unordered pair of equals', withRule({ metric: 'rowCount', mustBeBetween: [1, 1] })],
    ['a text rule with an operator', withRule({ type: 'text', mustBe: 0 })],
    ['an untyped rule with an operator', withRule({ mustBe: 0 })],
    ['a sql rule without a query', withRule({ type: 'sql', mustBe: 0 })],
    ['options without a type', withProperty({ name: 'a', logicalTypeOptions: { minLength: 1 } })],
    ['items of a text', withProperty({ name: 'a', logicalType: 'string', items: { logicalType: 'string' } })],
    ['a property without a name', withProperty({ logicalType: 'string' })],
    ['a relationship with from', withProperty({ name: 'a', relationships: [{ from: 'a.b', to: 'c.d' }] })],
  ])('refuses %s', (_, value) => {
    expect(ours(value)).toBe(false);
  });

  (isThere ? describe : describe.skip)('compared with the official one', () => {
    const isValid = isThere ? official() : () => false;

    it('agrees that the contract with every part is valid', () => {
      expect(isValid(everything)).toBe(true);
    });

    it('agrees on each contract that a few changes make of it', () => {
      fc.assert(
        fc.property(mutations(everything), (contract) => {
          expect({ contract, accepted: ours(contract) }).toEqual({ contract, accepted: isValid(contract) });
        }),
        { numRuns: runs },
      );
    });

    it('agrees on small contracts, where the changes meet more often', () => {
      const { schema, servers, team, ...rest } = everything;
      const properties = schema[0]?.properties ?? [];
      const small = fc.oneof(
        ...properties.map((property) => mutations(withProperty(property))),
        ...(schema[0]?.quality ?? []).map((rule) => mutations(withRule(rule))),
        ...servers.map((server) => mutations({ ...minimal, servers: [server] })),
        mutations({ ...minimal, team }),
        mutations({ ...minimal, team: team.members }),
        mutations({ ...minimal, schema: [{ name: 'a', relationships: schema[0]?.relationships }] }),
        mutations({ ...rest, customProperties: [] }),
      );
      fc.assert(
        fc.property(small, (contract) => {
          expect({ contract, accepted: ours(contract) }).toEqual({ contract, accepted: isValid(contract) });
        }),
        { numRuns: 2 * runs },
      );
    });

    it('finds every contract valid that the parser accepts', () => {
      let accepted = 0;
      fc.assert(
        fc.property(mutation(everything), (contract) => {
          const text = stringify(contract, { aliasDuplicateObjects: false });
          const { contract: parsed } = parseContract('silver.orders.odcs.yaml', text);
          if (parsed === null) return;
          accepted += 1;
          expect(isValid(contract)).toBe(true);
        }),
        { numRuns: runs / 4 },
      );
      expect(accepted).toBeGreaterThan(runs / 100);
    });
  });
});

const minimal = { version: '1.0.0', kind: 'DataContract', apiVersion: 'v3.1.0', id: 'a', status: 'active' };

function withRule(rule: unknown): unknown {
  return {
    version: '1.0.0',
    kind: 'DataContract',
    apiVersion: 'v3.1.0',
    id: 'a',
    status: 'active',
    schema: [{ name: 'a', quality: [rule] }],
  };
}

function withProperty(property: unknown): unknown {
  return {
    version: '1.0.0',
    kind: 'DataContract',
    apiVersion: 'v3.1.0',
    id: 'a',
    status: 'active',
    schema: [{ name: 'a', properties: [property] }],
  };
}
