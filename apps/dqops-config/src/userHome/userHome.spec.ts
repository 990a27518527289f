import { type Check, type GoldTable, type Plan, type SilverTable, type Table } from '@lakehouse/plan';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { flightsPlan } from './flights.fixture.js';
import { goldenFiles } from './golden.fixture.js';
import { isThere, schemaFaults } from './schemas.fixture.js';
import { settings } from './settings.fixture.js';
import { lastFile, userHome } from './userHome.js';

interface Checks {
  readonly [category: string]: Readonly<Record<string, Record<string, unknown>>>;
}
interface File {
  readonly spec: {
    readonly profiling_checks: Checks & { readonly result_truncation: string };
    readonly monitoring_checks?: { readonly daily: Checks };
    readonly columns: Readonly<
      Record<
        string,
        {
          readonly profiling_checks?: Checks;
          readonly monitoring_checks?: { readonly daily: Checks };
          readonly type_snapshot: object;
        }
      >
    >;
    readonly timestamp_columns?: object;
    readonly advanced_properties: object;
    readonly table_comparisons?: object;
  };
}

let plan: Plan;
beforeAll(async () => {
  plan = await flightsPlan();
});

const golden = join(import.meta.dirname, '__golden__');
const inReferences = isThere || process.env['CI'] === 'true' ? it : it.skip;

function files(changed: Plan): ReadonlyMap<string, string> {
  return userHome(changed, settings).files;
}

function file(name: string, changed = plan): File {
  return parse(files(changed).get(`sources/lakehouse/${name}.dqotable.yaml`) ?? 'null') as File;
}

/** The plan with a table changed. */
function withTable<T extends Table>(name: string, change: (table: T) => T): Plan {
  return { ...plan, tables: plan.tables.map((table) => (table.name === name ? change(table as T) : table)) };
}

function checkOf(table: string, check: Partial<Check>): Check {
  return {
    id: `${table}/added`,
    column: null,
    description: '',
    dimension: null,
    scope: 'table',
    severity: 'error',
    unit: null,
    measure: { kind: 'aggregate', expression: 'count(*)' },
    comparison: { operator: 'equal', value: 0 },
    ...check,
  };
}

function withCheck(name: string, ...checks: readonly Partial<Check>[]): Plan {
  const added = checks.map((check) => checkOf(name, check));
  return withTable(name, (table) => ({ ...table, checks: [...table.checks, ...added] }));
}

describe('userHome of the demo', () => {
  it('is what was reviewed', async () => {
    const expected = await goldenFiles();
    const stored = readdirSync(golden, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(golden.length + 1));
    expect(stored.sort()).toEqual([...expected.keys()].sort());
    for (const [path, text] of expected) expect(readFileSync(join(golden, path), 'utf8')).toBe(text);
  });

  it('is the same each time', () => {
    expect([...files(plan)]).toEqual([...files(structuredClone(plan))]);
  });

  inReferences('is valid by the schemas of DQOps', () => {
    expect([...files(plan)].flatMap(([path, text]) => schemaFaults(path, text))).toEqual([]);
  });

  inReferences('would not be valid with a misspelt check', () => {
    const path = 'sources/lakehouse/silver.flights.dqotable.yaml';
    const text = (files(plan).get(path) ?? '').replace('profile_row_count', 'profile_rows');
    expect(schemaFaults(path, text)).not.toEqual([]);
  });

  it('has a file for each silver and gold table and each candidate', () => {
    const names = plan.tables.flatMap(({ layer, name }) =>
      layer === 'silver' ? [name] : [name, name.replace('gold.', 'staging.')],
    );
    const found = [...files(plan).keys()].filter((path) => path.endsWith('.dqotable.yaml'));
    expect(found.sort()).toEqual(names.map((name) => `sources/lakehouse/${name}.dqotable.yaml`).sort());
  });

  it('reports each rule that DQOps cannot check by its name', () => {
    const batch = plan.tables.flatMap(({ checks }) =>
      checks.filter(({ scope }) => scope === 'batch').map(({ id }) => id),
    );
    expect(batch.length).toBeGreaterThan(0);
    expect(userHome(plan, settings).unsupported.map(({ rule }) => rule)).toEqual(batch);
  });

  it('says in the connection which plan it is of, and holds no password', () => {
    const text = files(plan).get(lastFile) ?? '';
    expect(parse(text)).toMatchObject({
      spec: {
        spark: { user: 'dqops', port: '10000', password: '${credential://thrift-dqops}' },
        advanced_properties: { plan: plan.hash },
      },
    });
  });
});

describe('what DQOps would do otherwise', () => {
  it('takes a folder for its own only with two files in it', () => {
    for (const path of ['.DQO_USER_HOME', '.gitignore']) expect(files(plan).has(path)).toBe(true);
    for (const path of ['.DQO_USER_HOME', '.gitignore']) expect(userHome(null, settings).files.has(path)).toBe(true);
  });

  it('makes its own policies where none of their names is there', () => {
    const policies = [...files(plan)].filter(([path]) => path.startsWith('patterns/'));
    expect(policies.map(([path]) => path)).toEqual([
      'patterns/Detect empty tables daily.dqotablepattern.yaml',
      'patterns/Detect empty columns.dqocolumnpattern.yaml',
    ]);
    for (const [, text] of policies) expect(parse(text)).toMatchObject({ spec: { disabled: true } });
  });

  it('keeps one profiling result a month unless told to keep all', () => {
    for (const { layer, name } of plan.tables) {
      const gate = file(layer === 'silver' ? name : name.replace('gold.', 'staging.'));
      expect(gate.spec.profiling_checks.result_truncation).toBe('store_all_results_without_date_truncation');
    }
  });

  it('runs profiling by a schedule of its own', () => {
    expect(parse(files(plan).get(lastFile) ?? '')).toMatchObject({
      spec: { schedules: { profiling: { disabled: true } } },
    });
  });

  it('runs the daily checks twice where something else starts them', () => {
    const text = userHome(plan, { ...settings, schedule: null }).files.get(lastFile) ?? '';
    expect(parse(text)).toMatchObject({ spec: { schedules: { monitoring_daily: { disabled: true } } } });
  });

  it('gives no result of an anomaly before 30 days, so the gate has none', () => {
    for (const [path, text] of files(plan)) {
      expect({ path, gate: /profile_\w*anomaly/.test(text) }).toEqual({ path, gate: false });
    }
  });

  it('does not run a custom check without a definition', () => {
    const expectDefined = (target: string, scale: string, checks: Checks | undefined): void => {
      for (const name of Object.keys(checks?.['custom'] ?? {})) {
        expect([...files(plan).keys()]).toContain(`checks/${target}/${scale}/custom/${name}.dqocheck.yaml`);
      }
    };
    for (const name of ['silver.flights', 'gold.delay_weather', 'staging.delay_weather']) {
      const { profiling_checks: gate, monitoring_checks: daily, columns } = file(name).spec;
      expectDefined('table', 'profiling', gate);
      expectDefined('table', 'monitoring/daily', daily?.daily);
      for (const column of Object.values(columns)) {
        expectDefined('column', 'profiling', column.profiling_checks);
        expectDefined('column', 'monitoring/daily', column.monitoring_checks?.daily);
      }
    }
  });

  it('lists two columns more of a partitioned table: columns are those of the contract and are never counted', () => {
    const partitioned = withTable<GoldTable>('gold.fleet_use', (table) => ({
      ...table,
      partitionedBy: ['flight_month'],
    }));
    const table = plan.tables.find(({ name }) => name === 'gold.fleet_use');
    expect(Object.keys(file('gold.fleet_use', partitioned).spec.columns)).toEqual(
      table?.columns.map(({ name }) => name),
    );
    for (const [, text] of files(partitioned)) expect(text).not.toMatch(/column_count/);
  });

  it('fails the wrong values by a check of a misleading name, and one check has SQL that Spark refuses', () => {
    for (const [, text] of files(plan)) expect(text).not.toMatch(/not_nulls_percent|expected_text_values_in_use/);
  });

  it('knows the types of time in upper case alone', () => {
    const { columns } = file('silver.flights').spec;
    expect(columns['time_hour']?.type_snapshot).toEqual({ column_type: 'TIMESTAMP', nullable: false });
    expect(columns['flight_date']?.type_snapshot).toEqual({ column_type: 'DATE', nullable: false });
  });

  it('cannot tell the freshness of other types of time', () => {
    const zoneless = withTable<SilverTable>('silver.flights', (table) => ({
      ...table,
      columns: table.columns.map((column) =>
        column.name === 'time_hour' ? { ...column, type: 'timestamp_ntz' } : column,
      ),
    }));
    const { monitoring_checks: daily, timestamp_columns: event, columns } = file('silver.flights', zoneless).spec;
    expect(event).toBeUndefined();
    expect(daily?.daily['timeliness']).toBeUndefined();
    expect(columns['time_hour']?.monitoring_checks?.daily['custom']?.['freshness']).toMatchObject({
      warning: { operator: 'lessOrEqual', value: 2 },
      parameters: { sql_expression: expect.stringMatching(/\/ 86400$/) },
    });
  });

  it('measures freshness in days', () => {
    const { monitoring_checks: daily, timestamp_columns: event } = file('silver.flights').spec;
    expect(event).toEqual({ event_timestamp_column: 'time_hour' });
    expect(daily?.daily['timeliness']?.['daily_data_freshness']).toMatchObject({ warning: { max_days: 2 } });
  });

  it('puts SQL into the statement as it stands, backslashes too', () => {
    const expression = String.raw`count_if(not (carrier rlike '^\\d{2}$'))`;
    const changed = withCheck('silver.flights', { measure: { kind: 'aggregate', expression } });
    expect(file('silver.flights', changed).spec.profiling_checks['custom']?.['added']).toMatchObject({
      parameters: { sql_expression: expression },
    });
  });

  it('drops the first of two checks of one name', () => {
    const id = 'silver.flights/there-are-none';
    const changed = withCheck('silver.flights', { id }, { id: 'silver.flights/thereAreNone' });
    expect(file('silver.flights', changed).spec.profiling_checks['custom']).toMatchObject({
      there_are_none: { display_name: id },
      there_are_none_2: { display_name: 'silver.flights/thereAreNone' },
    });
  });

  it('knows one check of its own a column: a second one counts for itself', () => {
    const twice = withTable<SilverTable>('silver.flights', (table) => ({
      ...table,
      rowRules: [
        ...table.rowRules,
        ...table.rowRules
          .filter(({ kind }) => kind === 'reference')
          .map((rule) => ({ ...rule, id: 'silver.flights/carrier/again' })),
      ],
    }));
    const daily = file('silver.flights', twice).spec.columns['carrier']?.monitoring_checks?.daily;
    expect(Object.keys(daily?.['integrity'] ?? {})).toEqual(['daily_lookup_key_not_found']);
    expect(Object.keys(daily?.['custom'] ?? {})).toContain('again');
  });
});

describe('rules of a contract', () => {
  it('become lookups where the parent column is its key', () => {
    expect(file('silver.flights').spec.columns['carrier']?.monitoring_checks?.daily['integrity']).toEqual({
      daily_lookup_key_not_found: expect.objectContaining({
        parameters: { foreign_table: '`silver`.`airlines`', foreign_column: 'carrier' },
        error: { max_count: 0 },
      }),
    });
  });

  it('become a query where a lookup would count otherwise', () => {
    const reference = { columns: ['carrier', 'origin'], parent: 'silver.airlines', parentColumns: ['carrier', 'name'] };
    const changed = withCheck('silver.flights', { measure: { kind: 'orphans', reference, unit: 'rows' } });
    expect(file('silver.flights', changed).spec.profiling_checks['custom']?.['added']).toMatchObject({
      sensor_name: 'table/custom_sql/import_custom_result',
      parameters: {
        sql_query: expect.stringContaining('left join (select distinct `carrier`, `name` from `silver`.`airlines`)'),
      },
    });
  });

  it('have a result in the gate for an empty table too, where checks of DQOps have none', () => {
    for (const [path, text] of files(plan)) {
      expect({ path, gate: /profile_(nulls_count|lookup\w*)/.test(text) }).toEqual({ path, gate: false });
    }
  });

  it('are as many in the gate as the file says', () => {
    for (const { layer, name } of plan.tables) {
      const { spec } = file(layer === 'silver' ? name : name.replace('gold.', 'staging.'));
      expect(spec.advanced_properties).toEqual({ gate_checks: String(gateSize({ spec })) });
    }
  });

  it('of a candidate see other gold tables as candidates, and silver as it is', () => {
    const sql = 'select count(*) from ${table} join ${gold.fleet_use} join ${silver.flights}';
    const changed = withCheck('gold.delay_weather', { measure: { kind: 'query', sql } });
    const queryOf = (name: string, type: 'gate' | 'daily'): unknown => {
      const { profiling_checks: gate, monitoring_checks: daily } = file(name, changed).spec;
      return ((type === 'gate' ? gate : daily?.daily)?.['custom']?.['added']?.['parameters'] as { sql_query: string })
        .sql_query;
    };
    expect(queryOf('staging.delay_weather', 'gate')).toContain(
      'from `staging`.`delay_weather` join `staging`.`fleet_use` join `silver`.`flights`',
    );
    expect(queryOf('gold.delay_weather', 'daily')).toContain(
      'from `gold`.`delay_weather` join `gold`.`fleet_use` join',
    );
  });

  it('that read what user dqops may not see are reported', () => {
    const sql = 'select count(*) from ${bronze.flights}';
    const changed = withCheck('gold.delay_weather', { measure: { kind: 'query', sql } });
    const { unsupported } = userHome(changed, settings);
    expect(unsupported).toContainEqual({
      rule: 'gold.delay_weather/added',
      reason: expect.stringContaining('bronze.flights'),
    });
    expect(file('staging.delay_weather', changed).spec.profiling_checks['custom']?.['added']).toBeUndefined();
  });

  it('of any kind keep the files valid, their number and their severity', () => {
    const comparison = fc.oneof(
      fc.record({
        operator: fc.constantFrom('equal', 'notEqual', 'greaterThan', 'greaterOrEqual', 'lessThan', 'lessOrEqual'),
        value: fc.integer({ min: -5, max: 100 }),
      }),
      fc.record({
        operator: fc.constantFrom('between', 'notBetween'),
        low: fc.integer({ max: 0 }),
        high: fc.integer({ min: 0 }),
      }),
    ) as fc.Arbitrary<Check['comparison']>;
    const measure: fc.Arbitrary<Check['measure']> = fc.oneof(
      fc.constantFrom<Check['measure']>(
        { kind: 'aggregate', expression: 'count(*)' },
        { kind: 'aggregate', expression: 'count_if(`carrier` is null)' },
        { kind: 'query', sql: "select 1 from ${table} where carrier = 'it''s: #\n\\\\'" },
        {
          kind: 'orphans',
          reference: { columns: ['carrier'], parent: 'silver.airlines', parentColumns: ['carrier'] },
          unit: 'rows',
        },
        {
          kind: 'orphans',
          reference: { columns: ['carrier'], parent: 'silver.airlines', parentColumns: ['name'] },
          unit: 'percent',
        },
      ),
    );
    const check = fc.record({
      id: fc.string({ minLength: 1 }).map((name) => `silver.flights/${name}`),
      column: fc.constantFrom(null, 'carrier'),
      severity: fc.constantFrom<Check['severity']>('warning', 'error'),
      measure,
      comparison,
    });
    const before = gateSize(file('silver.flights'));
    fc.assert(
      fc.property(fc.array(check, { maxLength: 8 }), (checks) => {
        const added = checks.map((each) => checkOf('silver.flights', each));
        const only = withTable('silver.flights', (table) => ({ ...table, checks: [...table.checks, ...added] }));
        const changed = { ...only, tables: only.tables.filter(({ layer }) => layer === 'silver') };
        const path = 'sources/lakehouse/silver.flights.dqotable.yaml';
        const text = files(changed).get(path) ?? '';
        if (isThere) expect(schemaFaults(path, text)).toEqual([]);
        expect(gateSize(parse(text) as File)).toBe(before + checks.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('row counts of layers', () => {
  const copy = (sql: string): Plan =>
    withTable<GoldTable>('gold.fleet_use', (table) => ({
      ...table,
      key: ['tailnum'],
      inputs: ['silver.planes'],
      model: { kind: 'sql', file: 'x.sql', sql },
    }));

  it('are compared where a model has to keep every row', () => {
    const { spec } = file('staging.fleet_use', copy('select tailnum, year from ${silver.planes}'));
    expect(spec.table_comparisons).toMatchObject({
      rows_of_silver: { reference_table_name: 'planes', check_type: 'profiling' },
    });
    expect(spec.profiling_checks['comparisons']).toMatchObject({
      rows_of_silver: { profile_row_count_match: { error: { max_diff_percent: 0 } } },
    });
  });

  it.each(['where', 'limit', 'join'])('are not compared where it need not: %s', (word) => {
    const { spec } = file('staging.fleet_use', copy(`select tailnum from \${silver.planes} ${word} 1`));
    expect(spec.table_comparisons).toBeUndefined();
  });
});

function gateSize({ spec }: File): number {
  const places: readonly Checks[] = [
    spec.profiling_checks,
    ...Object.values(spec.columns).map((column) => column.profiling_checks ?? {}),
  ];
  return places
    .flatMap((checks) => Object.values(checks).filter((category) => typeof category === 'object'))
    .reduce((sum, category) => sum + Object.keys(category).length, 0);
}
