import type { Plan } from '@lakehouse/plan';
import type { CheckOutcome, RunResult } from '../runtime/results.js';
import { formatCount, formatNumber } from './format.js';
import type { Style } from './style.js';

function explain(check: CheckOutcome, plan: Plan, style: Style): string {
  const table = plan.tables.find(({ name }) => name === check.table);
  return [
    `${style.red('✗')} ${style.bold(check.check)}`,
    ...(check.description === '' ? [] : [`    ${check.description}`]),
    `    actual    ${check.actual === null ? 'no value' : formatNumber(check.actual)}`,
    `    expected  ${check.expected}`,
    ...(check.batch === null ? [] : [`    batch     ${check.batch}`]),
    ...(table === undefined ? [] : [`    contract  ${table.contract.file}`]),
  ].join('\n');
}

/** Why an audit failed, check by check, and what to do, sources that could not be read first; empty where no blocking check failed. */
export function renderAuditFailure(
  { checks, failures }: Pick<RunResult, 'checks' | 'failures'>,
  plan: Plan,
  style: Style,
): string {
  const failed = checks.filter((check) => !check.passed && check.severity === 'error');
  if (failed.length === 0) {
    return '';
  }
  const tables = [...new Set(failed.map(({ table }) => table))];
  const silver = tables.find((table) => table.startsWith('silver.'));
  const batch = failed.find((check) => check.batch !== null)?.batch ?? null;
  return [
    style.bold(`${formatCount(failed.length, 'check')} stood against publishing:`),
    ...failed.map((check) => explain(check, plan, style)),
    [
      style.bold('What to do'),
      '  Gold still holds what it held before this run. Then either',
      ...failures.map(
        ({ source, fix }) =>
          `  - rows lack what the source ${style.bold(source)} would bring, which could not be read: ${fix} Or`,
      ),
      `  - the data is wrong: correct it at its source${
        batch === null ? '' : ` and take out what came of it (\`./lakehouse batch revert ${batch} --reason …\`)`
      }${
        silver === undefined
          ? ''
          : `, or mend the rows in quarantine (\`./lakehouse quarantine show --table ${silver}\`, then \`replay\`)`
      }, or`,
      '  - the rule is wrong: change it in the contract named above,',
      '  and run it again. Rows and SQL: `./lakehouse audit show`.',
    ].join('\n'),
  ].join('\n\n');
}
