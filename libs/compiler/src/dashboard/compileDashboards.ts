import { oneOf, type Path, positionOf, type Problem } from '@lakehouse/contracts';
import type { Chart, Dashboard } from '@lakehouse/plan';
import type { Catalog } from '../resolve/catalog.js';
import type { Domain } from '../resolve/readWorkspace.js';
import { chartName } from './chartName.js';
import { compileChart } from './compileChart.js';
import { addMeanings, type MetricMeanings } from './metricMeanings.js';

export interface CompiledDashboards {
  readonly dashboards: readonly Dashboard[];
  readonly problems: readonly Problem[];
}

/** The dashboards of all domains, checked against the contracts of the tables that they show. */
export function compileDashboards(domains: readonly Domain[], catalog: Catalog): CompiledDashboards {
  const problems: Problem[] = [];
  const files = new Map<string, string>();
  const meanings: MetricMeanings = new Map();
  const dashboards = domains.flatMap((domain) =>
    domain.dashboards.map(({ value, document }): Dashboard => {
      const report = (path: Path, code: string, message: string, fix: string): void => {
        problems.push({ code, severity: 'error', file: document.file, ...positionOf(document, path), message, fix });
      };
      const other = files.get(value.dashboard);
      if (other !== undefined) {
        report(
          ['dashboard'],
          'LH1608',
          `There are two dashboards \`${value.dashboard}\`: the other is ${other}.`,
          'Rename one of them.',
        );
      }
      files.set(value.dashboard, document.file);
      const shown = new Set<string>();
      const names = new Set<string>();
      const charts = value.charts.flatMap((entry, index): Chart[] => {
        const path = ['charts', index];
        const contract = catalog.entries.get(entry.table)?.contract;
        if (!contract) {
          if (catalog.broken.has(entry.table)) return [];
          const tables = catalog.names.filter((name) => /^(gold|ops)\./.test(name));
          report([...path, 'table'], 'LH1610', `There is no table \`${entry.table}\`.`, oneOf(entry.table, tables));
          return [];
        }
        for (const column of contract.columns) shown.add(column.name);
        const { chart, remarks } = compileChart(entry, contract);
        for (const remark of remarks) report([...path, ...remark.path], remark.code, remark.message, remark.fix);
        const name = chartName(entry);
        if (names.has(name)) {
          const message = `Two charts of the dashboard are called \`${name}\`.`;
          report(
            [...path, entry.name === undefined ? 'title' : 'name'],
            'LH1615',
            message,
            'Give one another `name:`.',
          );
        }
        names.add(name);
        if (chart === null) return [];
        for (const { label, other } of addMeanings(meanings, chart)) {
          const message = `In the chart "${other}" of \`${chart.table}\`, \`${label}\` is computed or written otherwise.`;
          report(path, 'LH1616', message, 'Make the two alike, or give them two labels.');
        }
        return [chart];
      });
      const filters = value.filters ?? [];
      if (charts.length === value.charts.length) {
        for (const [index, filter] of filters.entries()) {
          if (shown.has(filter)) continue;
          const message = `No table of the dashboard has a column \`${filter}\` to filter by.`;
          report(['filters', index], 'LH1611', message, oneOf(filter, [...shown]));
        }
      }
      const { dashboard: name, title, description = '' } = value;
      return { name, domain: domain.name, file: document.file, title, description, filters: [...filters], charts };
    }),
  );
  return { dashboards, problems };
}
