import fc from 'fast-check';
import { lastFile } from '../userHome/userHome.js';
import { changes } from './changes.js';

const path = fc.constantFrom(
  lastFile,
  'sources/lakehouse/silver.a.dqotable.yaml',
  'sources/lakehouse/gold.b.dqotable.yaml',
  'sources/other/gold.b.dqotable.yaml',
  'sources/other/connection.dqoconnection.yaml',
  'checks/table/profiling/custom/x.dqocheck.yaml',
  'checks/column/monitoring/daily/custom/x.dqocheck.yaml',
  'checks/table/monitoring/monthly/custom/by_hand.dqocheck.yaml',
  'patterns/a policy.dqotablepattern.yaml',
);
const files = fc.dictionary(path, fc.constantFrom('', 'a', 'b')).map((record) => new Map(Object.entries(record)));

function applied(present: ReadonlyMap<string, string>, made: ReturnType<typeof changes>): Map<string, string> {
  const after = new Map(present);
  for (const change of made) {
    if (change.kind === 'write') after.set(change.path, change.text);
    else after.delete(change.path);
  }
  return after;
}

describe('changes', () => {
  it('end in what is wanted, whatever was there and wherever they were cut off', () => {
    fc.assert(
      fc.property(files, files, fc.nat(12), (wanted, present, count) => {
        const cut = applied(present, changes(wanted, present, true).slice(0, count));
        const after = applied(cut, changes(wanted, cut, true));

        for (const [name, text] of wanted) expect(after.get(name)).toBe(text);
        expect(changes(wanted, after, true)).toEqual([]);
      }),
    );
  });

  it('touch nothing that is as it shall be, and nothing of others', () => {
    fc.assert(
      fc.property(files, files, (wanted, present) => {
        for (const change of changes(wanted, present, true)) {
          if (change.kind === 'write') expect(present.get(change.path)).not.toBe(change.text);
          else
            expect(change.path).toMatch(
              /^(sources\/lakehouse\/|checks\/(table|column)\/(profiling|monitoring\/daily)\/custom\/)/,
            );
        }
      }),
    );
  });

  it('write the connection, which names the plan, after all the rest', () => {
    fc.assert(
      fc.property(files, files, (wanted, present) => {
        const paths = changes(wanted, present, true).map((change) => change.path);
        expect([-1, paths.length - 1]).toContain(paths.indexOf(lastFile));
      }),
    );
  });

  it('archive a table that left the plan, and remove what only it named', () => {
    const table = 'sources/lakehouse/silver.a.dqotable.yaml';
    const definition = 'checks/table/profiling/custom/x.dqocheck.yaml';
    expect(
      changes(
        new Map(),
        new Map([
          [table, ''],
          [definition, ''],
        ]),
        true,
      ),
    ).toEqual([
      { kind: 'archive', path: table },
      { kind: 'remove', path: definition },
    ]);
  });

  it('take nothing away before a plan is known', () => {
    fc.assert(
      fc.property(files, files, (wanted, present) => {
        for (const { kind } of changes(wanted, present, false)) expect(kind).toBe('write');
      }),
    );
  });
});
