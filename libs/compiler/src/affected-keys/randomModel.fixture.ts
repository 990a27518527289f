import * as fc from 'fast-check';

export interface RandomModel {
  /** A model over silver.a, silver.b and silver.c, each with the columns k, d and x, whose first column is the key. */
  readonly sql: string;
}

interface Offered {
  readonly alias: string;
  readonly columns: readonly string[];
}

const tables = ['silver.a', 'silver.b', 'silver.c'];
export const tableColumns = ['k', 'd', 'x'];

/**
 * Models that Spark and SQLite understand alike, of everything that can make a mapping wrong: outer joins, self-joins,
 * CTEs read twice, subqueries, aggregates, windows, limits and set operations.
 */
export const randomModel: fc.Arbitrary<RandomModel> = fc.gen().map((gen) => {
  let aliases = 0;
  const chance = (percent: number): boolean => gen(fc.nat, { max: 99 }) >= 100 - percent;
  const pickOf = <Value>(options: readonly Value[], otherwise: Value): Value =>
    options[gen(fc.nat, { max: options.length - 1 })] ?? otherwise;
  const pick = <Value>(...options: readonly [Value, ...Value[]]): Value => pickOf(options, options[0]);
  const commonTables: { name: string; columns: readonly string[]; sql: string }[] = [];

  const relation = (depth: number): { sql: string; offered: Offered } => {
    aliases += 1;
    const alias = `r${aliases}`;
    if (commonTables.length > 0 && chance(50)) {
      const common = pickOf(commonTables, { name: 'none', columns: [], sql: '' });
      return { sql: `${common.name} ${alias}`, offered: { alias, columns: common.columns } };
    }
    if (depth > 0 && chance(30)) {
      const query = select(depth - 1);
      return { sql: `(${query.sql}) ${alias}`, offered: { alias, columns: query.columns } };
    }
    return { sql: `${pickOf(tables, 'silver.a')} ${alias}`, offered: { alias, columns: tableColumns } };
  };

  const columnOf = (offered: readonly Offered[], isComplete = true): string => {
    const from = pickOf(offered, { alias: 'r1', columns: tableColumns });
    const name = pickOf(from.columns, 'k');
    const isUnique = offered.filter(({ columns }) => columns.includes(name)).length === 1;
    return isComplete && isUnique && chance(30) ? name : `${from.alias}.${name}`;
  };

  const scalar = (offered: readonly Offered[], isComplete = true): string => {
    const column = columnOf(offered, isComplete);
    const other = columnOf(offered, isComplete);
    return pick(column, column, column, `coalesce(${column}, 0)`, `abs(${column})`, `(${column} + ${other})`);
  };

  /** In ON, `offered` is not all that the select will have, so names there are qualified. */
  const condition = (offered: readonly Offered[], isComplete: boolean): string => {
    const table = pickOf(tables, 'silver.a');
    const column = columnOf(offered, isComplete);
    return pick(
      `${scalar(offered, isComplete)} = ${scalar(offered, isComplete)}`,
      `${scalar(offered, isComplete)} > 0`,
      `${column} is not null`,
      `exists (select 1 from ${table} s where s.k = ${column})`,
      `${column} in (select s.d from ${table} s)`,
    );
  };

  const select = (depth: number): { sql: string; columns: readonly string[] } => {
    const first = relation(depth);
    const offered = [first.offered];
    let from = first.sql;
    while (offered.length < 3 && chance(45)) {
      const next = relation(depth);
      offered.push(next.offered);
      const kind = pick('join', 'left join', 'left join', 'right join', 'full join', 'cross join');
      from += ` ${kind} ${next.sql}${kind === 'cross join' ? '' : ` on ${condition(offered, false)}`}`;
    }
    const where = chance(30) ? ` where ${condition(offered, true)}` : '';
    const keys = Array.from({ length: pick(1, 2) }, () => scalar(offered));
    const isGrouped = chance(40);
    const others = isGrouped
      ? [pick('count(*)', `sum(${columnOf(offered)})`, `max(${columnOf(offered)})`)]
      : chance(25)
        ? [
            pick(
              `count(*) over (partition by ${pick(keys[0] ?? 'k', columnOf(offered))})`,
              `sum(${columnOf(offered)}) over ()`,
            ),
          ]
        : [scalar(offered)];
    const columns = [...keys, ...others].map((_, index) => `${pick('k', 'd', 'x', 'y')}${aliases}_${index}`);
    const list = [...keys, ...others].map((expression, index) => `${expression} as ${columns[index]}`).join(', ');
    const group = isGrouped ? ` group by ${keys.join(', ')}${chance(20) ? ' having count(*) > 1' : ''}` : '';
    const limit = !isGrouped && chance(8) ? ` order by 1, 2 limit 2` : '';
    const distinct = !isGrouped && chance(15) ? 'distinct ' : '';
    return { sql: `select ${distinct}${list} from ${from}${where}${group}${limit}`, columns };
  };

  while (commonTables.length < 2 && chance(60)) {
    const query = select(1);
    commonTables.push({ name: `c${commonTables.length}`, columns: query.columns, sql: query.sql });
  }
  const withClause =
    commonTables.length > 0 ? `with ${commonTables.map(({ name, sql }) => `${name} as (${sql})`).join(', ')} ` : '';
  const outer = select(1);
  const union = chance(8) ? ` union all ${outer.sql}` : '';
  return { sql: `${withClause}${outer.sql}${union}` };
});
