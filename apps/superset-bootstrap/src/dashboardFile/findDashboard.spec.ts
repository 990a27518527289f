import { parse } from 'yaml';
import type { Asset } from '../assets/asset.js';
import { declareAssets } from '../assets/declareAssets.js';
import { queryServer, shippingPlan } from '../plan.fixture.js';
import { findDashboard } from './findDashboard.js';
import { writeDashboard } from './writeDashboard.js';

const present = declareAssets(shippingPlan, queryServer);

function withParams(title: string, params: object): readonly Asset[] {
  return present.map((asset) =>
    asset.title === title
      ? { ...asset, content: { ...asset.content, params: { ...(asset.content['params'] as object), ...params } } }
      : asset,
  );
}

describe('findDashboard', () => {
  it('gives back what was declared', () => {
    const [declared] = shippingPlan.dashboards;
    const found = findDashboard(shippingPlan, present, 'harbours');
    expect(found?.leftOut).toEqual([]);
    expect(found).toMatchObject({ dashboard: 'harbours', title: declared?.title, filters: ['day', 'harbour'] });
    expect(found?.charts).toEqual(
      declared?.charts.map((chart) => {
        const metrics = chart.values.flatMap(({ label, format, metric }) =>
          metric === null ? [] : [{ expression: metric.written, label, ...(format === null ? {} : { format }) }],
        );
        return {
          name: chart.name,
          title: chart.title,
          type: chart.kind,
          table: chart.table,
          ...(chart.x === null ? {} : { x: chart.x }),
          ...(chart.grain === null ? {} : { grain: chart.grain }),
          ...(chart.by.length === 0 ? {} : { by: chart.by }),
          ...(chart.where === null ? {} : { where: chart.where }),
          ...(metrics.length === 1 && chart.kind !== 'table' ? { metric: metrics[0] } : { metrics }),
          ...(chart.horizontal ? { horizontal: true } : {}),
          ...(chart.limit === null ? {} : { limit: chart.limit }),
          width: chart.width,
        };
      }),
    );
  });

  it('writes metrics that a chart alone has', () => {
    const metric = {
      expressionType: 'SIMPLE',
      aggregate: 'COUNT_DISTINCT',
      column: { column_name: 'day' },
      label: 'days',
    };
    const found = findDashboard(shippingPlan, withParams('The number', { metric }), 'harbours');
    expect(found?.charts[0]?.metric).toEqual({ expression: 'count(distinct day)', label: 'days' });
  });

  it('says what the language cannot', () => {
    const pie = present.map((asset) =>
      asset.title === 'The number' ? { ...asset, content: { ...asset.content, viz_type: 'pie' } } : asset,
    );
    expect(findDashboard(shippingPlan, pie, 'harbours')).toMatchObject({
      leftOut: ['"The number": charts of kind pie are not known.'],
    });
    const filter = { clause: 'WHERE', expressionType: 'SIMPLE', subject: 'harbour', operator: 'IN', comparator: ['A'] };
    const filtered = findDashboard(shippingPlan, withParams('The line', { adhoc_filters: [filter] }), 'harbours');
    expect(filtered?.leftOut).toEqual([expect.stringContaining('"The line": the filter {"clause"')]);
    expect(findDashboard(shippingPlan, present, 'nowhere')).toBeNull();
  });
});

describe('writeDashboard', () => {
  it('writes YAML that reads as the same', () => {
    const found = findDashboard(shippingPlan, present, 'harbours');
    if (found === null) throw new Error('There is no dashboard.');
    const { leftOut, ...dashboard } = found;
    const text = writeDashboard({ ...found, leftOut: ['a pie'] });
    expect(leftOut).toEqual([]);
    expect(parse(text)).toEqual(dashboard);
    expect(text).toMatch(/^# Left out: a pie\ndashboard: harbours\n/);
    expect(text).toContain('    by: [ harbour ]\n');
  });
});
