import { Document, isCollection } from 'yaml';
import type { FoundDashboard } from './dashboardFile.js';

/** The text of dashboards/<dashboard>.yaml; what could not be said stands above as comments. */
export function writeDashboard({ leftOut, ...dashboard }: FoundDashboard): string {
  const document = new Document(dashboard);
  const onOneLine = (...path: readonly (string | number)[]): void => {
    const node: unknown = document.getIn(path, true);
    if (isCollection(node)) node.flow = true;
  };
  onOneLine('filters');
  dashboard.charts.forEach((chart, index) => {
    onOneLine('charts', index, 'by');
    onOneLine('charts', index, 'metric');
    chart.metrics?.forEach((_, number) => {
      onOneLine('charts', index, 'metrics', number);
    });
  });
  const remarks = leftOut.map((line) => `# Left out: ${line}\n`).join('');
  return `${remarks}${document.toString({ lineWidth: 0 })}`;
}
