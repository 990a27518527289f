import { quarantinedRules } from './quarantinedRules.js';

function row(name: string, rules: readonly string[], status = 'open') {
  return { row: name, status, rules: [...rules], reason: null, payload: `{"id":"${name}"}`, quarantinedAt: '' };
}

describe('quarantine by rule', () => {
  it('counts by rule and shows at most three rows of each', () => {
    const rows = ['1', '2', '3', '4'].map((name) => row(name, ['t/a']));
    const [entry] = quarantinedRules(
      [{ table: 't', open: 4, waiting: 0, replayed: 0, rules: { 't/a': 4, 't/b': 0 } }],
      new Map([['t', rows]]),
    );
    expect(entry).toMatchObject({ table: 't', rule: 't/a', rows: 4, waiting: false });
    expect(entry?.examples).toEqual(['1', '2', '3'].map((name) => ({ row: name, id: name })));
  });

  it('shows the value that broke the rule first', () => {
    const broken = { ...row('1', ['t/amount/type']), payload: '{"day":"x","amount":"two"}' };
    const [entry] = quarantinedRules(
      [{ table: 't', open: 1, waiting: 0, replayed: 0, rules: { 't/amount/type': 1 } }],
      new Map([['t', [broken]]]),
    );
    expect(Object.keys(entry?.examples[0] ?? {})).toEqual(['row', 'amount', 'day']);
  });

  it('tells rows that wait for their parent from those that are wrong', () => {
    const found = quarantinedRules(
      [{ table: 't', open: 1, waiting: 1, replayed: 0, rules: { 't/a': 1, 't/reference': 1 } }],
      new Map([['t', [row('1', ['t/a']), row('2', ['t/reference'], 'waiting')]]]),
    );
    expect(found.map(({ rule, waiting }) => [rule, waiting])).toEqual([
      ['t/a', false],
      ['t/reference', true],
    ]);
  });

  it('keeps rows that could not be read at all', () => {
    const unread = { ...row('1', []), reason: 'truncated gzip', payload: null };
    const [entry] = quarantinedRules(
      [{ table: 't', open: 1, waiting: 0, replayed: 0, rules: {} }],
      new Map([['t', [unread]]]),
    );
    expect(entry).toMatchObject({ rule: 't/unreadable', rows: 1, examples: [{ row: '1', reason: 'truncated gzip' }] });
  });
});
