import type { Plan } from '@lakehouse/plan';
import { formatCount, formatSeconds } from './format.js';
import type { Style } from './style.js';

/** What a plan holds, in one paragraph. */
export function renderCompiled(plan: Plan, file: string, seconds: number, spark: boolean, style: Style): string {
  const silver = plan.tables.filter((table) => table.layer === 'silver');
  const gold = plan.tables.length - silver.length;
  const rowRules = silver.reduce((sum, table) => sum + table.rowRules.length, 0);
  const checks = plan.tables.reduce((sum, table) => sum + table.checks.length, 0);
  return [
    `${style.green('✓')} ${formatCount(plan.domains.length, 'domain')}: ${formatCount(plan.sources.length, 'source')}, ${formatCount(silver.length, 'silver table')}, ${formatCount(gold, 'gold table')}, ${formatCount(rowRules, 'row rule')}, ${formatCount(checks, 'check')}, ${formatCount(plan.dashboards.length, 'dashboard')} ${style.dim(`(${formatSeconds(seconds)})`)}`,
    ...(spark ? [`${style.green('✓')} Spark accepts every model, and each gives what its contract promises`] : []),
    `  plan ${style.bold(plan.hash.slice(0, 12))} ${style.dim(file)}`,
  ].join('\n');
}
