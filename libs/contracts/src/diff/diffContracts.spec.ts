import * as fc from 'fast-check';
import { stringify } from 'yaml';
import type { Contract } from '../contract.js';
import { parseContract } from '../parseContract.js';
import { contractOf, type Sketch } from '../testing/contractText.fixture.js';
import { everything } from '../testing/everything.fixture.js';
import { mutation } from '../testing/mutations.fixture.js';
import { diffContracts } from './diffContracts.js';
import { checkVersion, compareVersions, requiredVersion } from './version.js';

const region = (property: object, more: Sketch = {}): Sketch => ({
  ...more,
  properties: [{ name: 'region', logicalType: 'string', ...property }],
});
const rule = (parts: object): Sketch =>
  region({
    quality: [{ id: 'r', metric: 'invalidValues', arguments: { validValues: ['EU', 'US'] }, mustBe: 0, ...parts }],
  });
const gold = (sketch: Sketch): Sketch => ({ ...sketch, layer: 'gold' });
const freshness = (value: number, unit = 'd'): Sketch =>
  region({}, { root: { slaProperties: [{ property: 'latency', value, unit, element: 'orders.at' }] }, properties: [] });
const at = (sketch: Sketch): Sketch => ({
  ...sketch,
  properties: [...(sketch.properties ?? []), { name: 'at', logicalType: 'timestamp' }],
});
const retention = (value: number): Sketch =>
  region(
    { name: 'at', logicalType: 'date' },
    { root: { slaProperties: [{ property: 'retention', value, unit: 'd', element: 'orders.at' }] } },
  );
const origin = (more: object[]): Sketch => region({}, { custom: more });
const reference = (severity: string): Sketch =>
  region({ relationships: [{ to: 'a.b', customProperties: [{ property: 'lakehouseSeverity', value: severity }] }] });

const levelsOf = (before: Sketch, after: Sketch): string[] => [
  ...new Set(diffContracts(contractOf(before), contractOf(after)).map(({ level }) => level)),
];

const cases: readonly [string, Sketch, Sketch, string, string][] = [
  ['a column is removed or added', region({}), {}, 'breaking', 'compatible'],
  [
    'a type narrows or widens',
    region({ physicalType: 'bigint' }),
    region({ physicalType: 'int' }),
    'breaking',
    'compatible',
  ],
  ['a type changes', region({}), region({ logicalType: 'date' }), 'breaking', 'breaking'],
  ['a column may be null or not', region({ required: true }), region({}), 'breaking', 'compatible'],
  ['another key on silver', region({ required: true }), region({ primaryKey: true }), 'breaking', 'breaking'],
  ['uniqueness goes or comes', region({ unique: true }), region({}), 'breaking', 'compatible'],
  ['a rule of severity error goes or comes', rule({}), region({}), 'breaking', 'compatible'],
  ['a rule of severity warning goes or comes', rule({ severity: 'warning' }), region({}), 'compatible', 'compatible'],
  ['a rule becomes a warning or an error', rule({}), rule({ severity: 'warning' }), 'breaking', 'compatible'],
  [
    'a rule allows more or less',
    rule({ mustBe: undefined, mustBeLessThan: 5 }),
    rule({ mustBe: undefined, mustBeLessThan: 6 }),
    'breaking',
    'compatible',
  ],
  [
    'a warning allows more or less',
    rule({ severity: 'warning' }),
    rule({ severity: 'warning', mustBe: undefined, mustBeLessOrEqualTo: 5 }),
    'compatible',
    'compatible',
  ],
  [
    'a valid value more or less',
    rule({}),
    rule({ arguments: { validValues: ['EU', 'US', 'XX'] } }),
    'breaking',
    'compatible',
  ],
  [
    'another pattern',
    rule({ arguments: { pattern: 'a' } }),
    rule({ arguments: { pattern: 'b' } }),
    'breaking',
    'breaking',
  ],
  [
    'a pattern more or less',
    rule({ arguments: { validValues: ['EU'], pattern: 'E' } }),
    rule({ arguments: { validValues: ['EU'] } }),
    'breaking',
    'breaking',
  ],
  ['a rule is renamed', rule({}), rule({ id: 's' }), 'compatible', 'compatible'],
  ['a reference goes or comes', reference('error'), region({}), 'breaking', 'compatible'],
  ['a reference becomes a warning or an error', reference('error'), reference('warning'), 'breaking', 'compatible'],
  ['freshness is later or sooner', at(freshness(1)), at(freshness(2)), 'breaking', 'compatible'],
  ['rows are kept shorter or longer', retention(30), retention(20), 'breaking', 'compatible'],
  [
    'rows are deleted or kept for ever',
    region({ name: 'at', logicalType: 'date' }),
    retention(20),
    'breaking',
    'compatible',
  ],
  [
    'the table is retired or comes back',
    region({}),
    region({}, { root: { status: 'retired' } }),
    'breaking',
    'documentation',
  ],
  [
    'the table is deprecated',
    region({}),
    region({}, { root: { status: 'deprecated' } }),
    'documentation',
    'documentation',
  ],
  [
    'clustering changes',
    region({}),
    origin([{ property: 'lakehouseClusteredBy', value: ['id'] }]),
    'compatible',
    'compatible',
  ],
  [
    'the ordering column changes',
    region({}),
    origin([{ property: 'lakehouseOrderingColumn', value: 'id' }]),
    'compatible',
    'compatible',
  ],
  ['a column is described', region({}), region({ description: 'Where.' }), 'documentation', 'documentation'],
  ['a column is classified', region({}), region({ classification: 'restricted' }), 'documentation', 'documentation'],
  ['a rule is described', rule({}), rule({ description: 'Known regions.' }), 'documentation', 'documentation'],
  ['the owner changes', region({}), region({}, { root: { team: { name: 'x' } } }), 'documentation', 'documentation'],
  [
    'support is documented',
    region({}),
    region({}, { root: { support: [{ channel: 'x' }] } }),
    'documentation',
    'documentation',
  ],
  [
    'a rule in words is added',
    region({}),
    region({ quality: [{ type: 'text', description: 'Looks right.' }] }),
    'documentation',
    'documentation',
  ],
];

describe('diffContracts', () => {
  it.each(cases)('where %s', (_, before, after, forth, back) => {
    expect([levelsOf(before, after)[0], levelsOf(after, before)[0]]).toEqual([forth, back]);
  });

  it.each([
    ['what is the default anyway', region({ required: false }), region({})],
    ['a synonym of the type', region({ physicalType: 'VARCHAR(20)' }), region({ physicalType: 'string' })],
    ['the unit that is meant anyway', rule({}), rule({ unit: 'rows' })],
    ['the version alone', region({}), region({}, { root: { version: '2.0.0' } })],
  ])('sees no change in %s', (_, before, after) => {
    expect(diffContracts(contractOf(before), contractOf(after))).toEqual([]);
  });

  it('says that a key on gold is a new promise', () => {
    const before = contractOf(gold(region({})));
    expect(diffContracts({ ...before, key: [] }, before)).toEqual([expect.objectContaining({ level: 'compatible' })]);
  });

  it('takes a renamed column for one that went and one that came', () => {
    const changes = diffContracts(contractOf(region({})), contractOf(region({ name: 'area' })));
    expect(changes.map(({ level, column, message }) => `${level} ${column}: ${message}`)).toEqual([
      'breaking region: the column was removed',
      'compatible area: the column was added',
    ]);
  });

  it('tells freshness in the units of the contracts, and compares the times', () => {
    const messages = (before: Sketch, after: Sketch): string[] =>
      diffContracts(contractOf(at(before)), contractOf(at(after))).map(({ level, message }) => `${level}: ${message}`);
    expect(messages(freshness(2), freshness(72, 'h'))).toEqual(['breaking: is at most 72 h old instead of 2 d']);
    expect(messages(freshness(48, 'hours'), freshness(2, 'days'))).toEqual([]);
    expect(messages(region({}), freshness(90, 'min'))).toEqual(['compatible: is at most 90 min old now']);
  });

  it('takes a new table as compatible and a removed one as breaking', () => {
    const contract = contractOf({});
    expect(diffContracts(null, contract)).toEqual([
      { level: 'compatible', table: 'silver.orders', column: null, message: 'the table was added' },
    ]);
    expect(diffContracts(contract, null)).toEqual([
      { level: 'breaking', table: 'silver.orders', column: null, message: 'the table was removed' },
    ]);
    expect(diffContracts(contract, contractOf({ layer: 'gold' })).map(({ level }) => level)).toEqual([
      'breaking',
      'compatible',
    ]);
    expect(diffContracts(null, null)).toEqual([]);
  });

  const parsed = (source: unknown): Contract | null =>
    parseContract('silver.orders.odcs.yaml', stringify(source, { aliasDuplicateObjects: false })).contract;

  it('of any contract with itself is empty, and changes come and go in pairs', () => {
    const original = parsed(everything);
    if (original === null) throw new Error('the contract with every part is not sound');
    expect(diffContracts(original, original)).toEqual([]);
    let sound = 0;
    fc.assert(
      fc.property(mutation(everything), (source) => {
        const changed = parsed(source);
        if (changed === null) return;
        sound += 1;
        expect(diffContracts(changed, parsed(source))).toEqual([]);
        const forth = diffContracts(original, changed);
        const back = diffContracts(changed, original);
        expect(forth.length > 0).toBe(back.length > 0);
        const columns = (changes: typeof forth): unknown[] =>
          [...new Set(changes.map(({ column }) => column))].toSorted();
        expect(columns(forth)).toEqual(columns(back));
      }),
      { numRuns: 300 },
    );
    expect(sound).toBeGreaterThan(50);
  });
});

describe('the version', () => {
  const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((parts) => parts.join('.'));

  it('has to rise with the gravest change', () => {
    expect(requiredVersion('1.2.3', 'breaking')).toBe('2.0.0');
    expect(requiredVersion('1.2.3', 'compatible')).toBe('1.3.0');
    expect(requiredVersion('1.2.3', 'documentation')).toBe('1.2.4');
    expect(requiredVersion('1.2.3', null)).toBe('1.2.3');
  });

  it('that is required for a graver change is higher, and always higher than before', () => {
    fc.assert(
      fc.property(version, (from) => {
        const steps = [null, 'documentation', 'compatible', 'breaking'] as const;
        const required = steps.map((level) => requiredVersion(from, level));
        for (const [index, next] of required.entries())
          expect(compareVersions(next, required[index - 1] ?? '0.0.0')).toBeGreaterThan(index === 0 ? -1 : 0);
      }),
    );
  });

  const check = (sketch: Sketch, to: string): string | undefined => {
    const [before, after] = [contractOf(region({})), contractOf({ ...sketch, root: { ...sketch.root, version: to } })];
    return checkVersion(before, after, diffContracts(before, after))?.fix;
  };

  it.each([
    ['a breaking change', {}, '1.1.0', 'Write `version: 2.0.0` or higher.'],
    ['a breaking change', {}, '2.0.0', undefined],
    ['a compatible change', region({ required: true }), '1.0.1', 'Write `version: 1.1.0` or higher.'],
    ['a compatible change', region({ required: true }), '1.1.0', undefined],
    ['documentation', region({ description: 'x' }), '1.0.0', 'Write `version: 1.0.1` or higher.'],
    ['documentation', region({ description: 'x' }), '3.0.0', undefined],
    ['no change', region({}), '1.0.0', undefined],
    ['no change', region({}), '0.9.0', 'Write `version: 1.0.0` or higher.'],
  ])('after %s', (_, sketch, to, fix) => {
    expect(check(sketch, to)).toBe(fix);
  });

  it('of a table that is removed has to have said so before', () => {
    const status = (value: string): Contract => contractOf({ root: { status: value } });
    expect(checkVersion(status('active'), null, [])?.code).toBe('LH1120');
    expect(checkVersion(status('retired'), null, [])).toBeNull();
    expect(checkVersion(null, status('active'), [])).toBeNull();
  });
});
