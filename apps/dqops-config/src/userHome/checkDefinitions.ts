import { comparisonRuleName } from './comparisonRule.js';
import { type RenderedTable } from './renderTable.js';
import { type Slot } from './slot.js';
import { yamlFile } from './yamlFile.js';

/**
 * A definition for each custom check that a table names: DQOps runs none without. A definition belongs to a name,
 * so tables share it, and each says for itself what it measures.
 */
export function checkDefinitions(tables: readonly RenderedTable[]): readonly (readonly [string, string])[] {
  const paths = tables.flatMap(({ slots }) =>
    slots.filter(({ category }) => category === 'custom').map(definitionPath),
  );
  return [...new Set(paths)].sort().map((path) => {
    const target = path.startsWith('checks/table/') ? 'table' : 'column';
    const spec = { sensor_name: `${target}/custom_sql/sql_aggregated_expression`, rule_name: comparisonRuleName };
    return [path, yamlFile('check', spec)];
  });
}

function definitionPath({ type, column, name }: Slot): string {
  const target = column === null ? 'table' : 'column';
  const scale = type === 'profiling' ? 'profiling' : 'monitoring/daily';
  return `checks/${target}/${scale}/custom/${name}.dqocheck.yaml`;
}
