import type { Chart } from '@lakehouse/plan';
import fc from 'fast-check';
import { chartOption } from './chartOption.js';
import { isHorizontal } from './chartOptionBar.js';
import { chartSeries, toLabel, xLabels } from './chartSeries.js';
import { lightTheme } from './chartTheme.js';

const line: Chart = {
  name: 'on_time',
  title: 'On time',
  kind: 'echarts_timeseries_line',
  table: 'gold.punctuality',
  sql: '',
  x: 'month',
  grain: null,
  by: ['carrier'],
  series: 'carrier',
  where: null,
  values: [{ column: 'share', label: 'share on time', format: '.0%', metric: null }],
  limit: null,
  horizontal: false,
  width: 12,
};
const bar: Chart = { ...line, kind: 'echarts_timeseries_bar', x: 'name', by: [], series: null };

describe('charts', () => {
  it('have a series for each value, with gaps where a row is missing', () => {
    const rows = [
      { month: '2013-02-01', carrier: 'UA', share: 0.8 },
      { month: '2013-01-01', carrier: 'UA', share: '0.7' },
      { month: '2013-02-01', carrier: 'AA', share: null },
    ];
    expect(xLabels(line, rows)).toEqual(['2013-01-01', '2013-02-01']);
    const option = chartOption(line, rows, lightTheme);
    expect(option).toMatchObject({
      xAxis: { data: ['Jan 2013', 'Feb 2013'] },
      series: [
        { name: 'AA', data: [null, null] },
        { name: 'UA', data: [0.7, 0.8] },
      ],
    });
  });

  it('bring only the extremes forward where there are many lines', () => {
    const rows = Array.from('ABCDEFGHIJ', (carrier, index) => ({ month: '2013-01-01', carrier, share: index / 10 }));
    const { series } = chartOption(line, rows, lightTheme) ?? {};
    const named = Array.isArray(series) ? series.filter((one) => 'endLabel' in one && one.endLabel.show === true) : [];
    expect(named.map(({ name }) => name)).toEqual(['A', 'B', 'I', 'J']);
  });

  it('put numbers in their order and keep the order of names', () => {
    const hours = [{ name: 10 }, { name: 9 }, { name: 5 }];
    expect(xLabels(bar, hours)).toEqual(['5', '9', '10']);
    const words = [{ name: 'none' }, { name: 'light' }, { name: 'strong' }];
    expect(xLabels(bar, words)).toEqual(['none', 'light', 'strong']);
  });

  it('lay bars down where names are long or many, the largest on top', () => {
    const rows = Array.from({ length: 16 }, (_, index) => ({ name: `Carrier ${String(index)}`, share: index }));
    expect(isHorizontal(bar, xLabels(bar, rows))).toBe(true);
    expect(chartOption(bar, rows, lightTheme)).toMatchObject({
      yAxis: { type: 'category', data: rows.map(({ name }) => name) },
      xAxis: { type: 'value', name: 'share on time' },
    });
    expect(isHorizontal(bar, ['EWR', 'JFK', 'LGA'])).toBe(false);
  });

  it('stack counts and never shares', () => {
    const rows = [
      { name: 'x', carrier: 'UA', share: 1 },
      { name: 'x', carrier: 'AA', share: 2 },
    ];
    const grouped = { ...bar, series: 'carrier' };
    const counted = { ...grouped, values: [{ column: 'share', label: 'flights', format: ',d', metric: null }] };
    expect(JSON.stringify(chartOption(grouped, rows, lightTheme))).not.toContain('"stack"');
    expect(JSON.stringify(chartOption(counted, rows, lightTheme))).toContain('"stack"');
  });

  it('colour a heat map by two hues only where values lie on both sides of zero', () => {
    const heatmap: Chart = { ...line, kind: 'heatmap_v2' };
    const rows = [
      { month: '2013-01-01', carrier: 'UA', share: -2 },
      { month: '2013-02-01', carrier: 'UA', share: 8 },
    ];
    expect(chartOption(heatmap, rows, lightTheme)).toMatchObject({ visualMap: { min: -8, max: 8 } });
    const positive = rows.map((row) => ({ ...row, share: Math.abs(row.share) }));
    expect(chartOption(heatmap, positive, lightTheme)).toMatchObject({ visualMap: { min: 2, max: 8 } });
  });

  it('place bubbles by two metrics, size them by a third and colour them by a column', () => {
    const value = (column: string) => ({ column, label: column, format: null, metric: null });
    const bubbles: Chart = {
      ...line,
      kind: 'bubble_v2',
      x: null,
      by: ['place', 'carrier'],
      values: [value('longitude'), value('latitude'), value('flights')],
    };
    const rows = [
      { place: 'Boston', carrier: 'UA', longitude: -71, latitude: 42, flights: 100 },
      { place: 'Miami', carrier: 'AA', longitude: -80, latitude: 26, flights: 25 },
      { place: 'nowhere', carrier: 'AA', longitude: null, latitude: 26, flights: 25 },
    ];
    expect(chartOption(bubbles, rows, lightTheme)).toMatchObject({
      xAxis: { name: 'longitude' },
      series: [
        { name: 'AA', data: [{ name: 'Miami', value: [-80, 26, 25] }] },
        { name: 'UA', data: [{ name: 'Boston', value: [-71, 42, 100] }] },
      ],
    });
  });

  it('lose no value of any rows', () => {
    const rowsArbitrary = fc.uniqueArray(
      fc.record({
        month: fc.constantFrom('2013-01-01', '2013-02-01', '2013-03-01'),
        carrier: fc.constantFrom('A', 'B'),
        share: fc.integer(),
      }),
      { selector: ({ month, carrier }) => `${month}/${carrier}` },
    );
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const values = chartSeries(line, rows).flatMap(({ points }) => [...points.values()]);
        expect(values.toSorted()).toEqual(rows.map(({ share }) => share).toSorted());
      }),
    );
  });

  it.each([
    ['2013-01-01T00:00:00Z', '2013-01-01'],
    ['2013-01-01 00:00:00', '2013-01-01'],
    ['2013-01-01T05:00:00Z', '2013-01-01T05:00:00Z'],
    [null, 'none'],
    [7, '7'],
  ])('label %j as %s', (value, label) => {
    expect(toLabel(value)).toBe(label);
  });
});
