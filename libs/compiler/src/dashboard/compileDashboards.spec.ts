import { compile } from '../compile.js';
import { type Edits, edited, salesDashboard, shopFiles, shopProblems } from '../workspace.fixture.js';

const head = 'dashboard: sales\ntitle: What the shop sells\ncharts:\n';

function dashboard(chart: string): Edits {
  return { [salesDashboard]: `${head}  - { title: A, table: gold.daily_sales, ${chart} }\n` };
}

async function chart(text: string) {
  const { plan, problems } = await compile(shopFiles(dashboard(text)));
  if (!plan) throw new Error(JSON.stringify(problems));
  return plan.dashboards[0]?.charts[0];
}

const amount = 'metric: { expression: sum(amount), label: amount }';

test('a time series is cut to its grain and ordered', async () => {
  const { plan } = await compile(shopFiles());
  expect(plan?.dashboards).toEqual([
    {
      name: 'sales',
      domain: 'shop',
      file: salesDashboard,
      title: 'What the shop sells',
      description: '',
      filters: ['day'],
      charts: [
        {
          name: 'amount_an_order',
          title: 'Amount an order',
          kind: 'echarts_timeseries_line',
          table: 'gold.daily_sales',
          sql: `select
  cast(date_trunc('month', \`day\`) as date) as \`day\`,
  \`name\` as \`name\`,
  sum(amount) / nullif(sum(orders), 0) as \`value_1\`
from \${gold.daily_sales}
group by 1, 2
order by 1, 2`,
          x: 'day',
          grain: 'month',
          by: ['name'],
          series: 'name',
          where: null,
          values: [
            {
              column: 'value_1',
              label: 'amount an order',
              format: ',.2f',
              metric: { sql: 'sum(amount) / nullif(sum(orders), 0)', written: 'sum(amount) / sum(orders)' },
            },
          ],
          limit: null,
          horizontal: false,
          width: 12,
        },
      ],
    },
  ]);
});

test('a table shows its columns, the largest first, and not without end', async () => {
  const shown = await chart(
    `type: table, by: [day, name], metrics: [{ expression: sum(orders), label: n }, { expression: max(amount), label: m }]`,
  );
  expect(shown).toMatchObject({ x: null, series: null });
  expect(shown?.values.map(({ column, label }) => [column, label])).toEqual([
    ['day', 'day'],
    ['name', 'name'],
    ['value_1', 'n'],
    ['value_2', 'm'],
  ]);
  expect(shown?.sql).toMatch(/group by 1, 2\norder by 3 desc, 1, 2\nlimit 1000$/);
  expect((await chart(`type: table, by: [name], limit: 5, ${amount}`))?.sql).toMatch(/limit 5$/);
});

test('a condition chooses the rows', async () => {
  expect((await chart(`type: big_number_total, where: name = 'a' or amount > 1, ${amount}`))?.sql).toBe(
    "select\n  sum(amount) as `value_1`\nfrom ${gold.daily_sales}\nwhere (name = 'a' or amount > 1)",
  );
});

test('bubbles have a place and a size, and a colour where two columns are named', async () => {
  const metrics = ['sum(orders)', 'sum(amount)', 'count(*)'].map(
    (expression, index) => `{ expression: ${expression}, label: m${index} }`,
  );
  const shown = await chart(`type: bubble_v2, by: [day, name], metrics: [${metrics.join(', ')}]`);
  expect(shown).toMatchObject({ x: null, by: ['day', 'name'], series: 'name' });
  expect(shown?.values.map(({ label }) => label)).toEqual(['m0', 'm1', 'm2']);
});

test('two charts of a dashboard have two names, and one label of a table means one thing', async () => {
  const two = (second: string) => ({
    [salesDashboard]: `${head}  - { title: A, table: gold.daily_sales, type: big_number_total, ${amount} }\n  - { ${second}, table: gold.daily_sales, type: big_number_total, metric: { expression: max(amount), label: LABEL } }\n`,
  });
  const labelled = (edits: Edits, label: string): Edits => ({
    [salesDashboard]: edits[salesDashboard]?.replace('LABEL', label) ?? '',
  });
  expect(await shopProblems(labelled(two('title: a'), 'most'))).toEqual([
    'LH1615 sales.yaml:5 Two charts of the dashboard are called `a`. Give one another `name:`.',
  ]);
  expect(await shopProblems(labelled(two('title: a, name: b'), 'most'))).toEqual([]);
  expect(await shopProblems(labelled(two('title: B'), 'amount'))).toEqual([
    expect.stringContaining('LH1616 sales.yaml:5 In the chart "A" of `gold.daily_sales`, `amount` is computed'),
  ]);
});

test('a single number has neither groups nor order', async () => {
  expect((await chart(`type: big_number_total, width: 3, ${amount}`))?.sql).toBe(
    'select\n  sum(amount) as `value_1`\nfrom ${gold.daily_sales}',
  );
});

test.each([
  ['sum(amount) / 2', 'sum(amount) / 2'],
  ['100.0 * sum(amount) / (sum(orders) - 1) + 1', '100.0 * sum(amount) / nullif((sum(orders) - 1), 0) + 1'],
  [
    'sum(amount) / count(*) filter (where orders > 0) / 3',
    'sum(amount) / nullif(count(*) filter (where orders > 0), 0) / 3',
  ],
  [
    'sum(amount / orders) / max(orders / amount)',
    'sum(amount / nullif(orders, 0)) / nullif(max(orders / nullif(amount, 0)), 0)',
  ],
  ['try_divide(sum(amount), sum(orders)) /* safe */', 'try_divide(sum(amount), sum(orders))'],
])('%s divides by nothing that is zero', async (expression, expected) => {
  const shown = await chart(`type: big_number_total, metric: { expression: "${expression}", label: n }`);
  expect(shown?.sql).toContain(`  ${expected} as \`value_1\``);
});

test.each([
  [`type: echarts_timeseries_bar, ${amount}`, 'LH1612'],
  [
    `type: echarts_timeseries_bar, x: dya, ${amount}`,
    'LH1611 sales.yaml:4 `gold.daily_sales` has no column `dya`. Did you mean `day`?',
  ],
  [`type: echarts_timeseries_bar, x: day, by: [name, orders], ${amount}`, 'LH1612'],
  [`type: echarts_timeseries_bar, x: day`, 'LH1612'],
  [`type: echarts_timeseries_bar, x: day, limit: 3, ${amount}`, 'LH1612'],
  [`type: heatmap_v2, x: day, ${amount}`, 'LH1612'],
  [`type: big_number_total, x: day, ${amount}`, 'LH1612'],
  [
    `type: big_number_total, metrics: [{ expression: sum(orders), label: a }, { expression: sum(orders), label: b }]`,
    'LH1612',
  ],
  [`type: echarts_timeseries_line, x: name, ${amount}`, 'LH1613'],
  [`type: echarts_timeseries_bar, x: name, grain: month, ${amount}`, 'LH1613'],
  [
    `type: echarts_timeseries_bar, x: day, grain: hour, ${amount}`,
    'LH1613 sales.yaml:4 `day` is a date, which has no hours.',
  ],
  [`type: echarts_timeseries_bar, x: day, grain: fortnight, ${amount}`, 'LH1604'],
  [`type: pie, x: day, ${amount}`, 'LH1604'],
  [`type: table, by: [name], horizontal: true, ${amount}`, 'LH1612'],
  [`type: bubble_v2, by: [name], ${amount}`, 'LH1612 sales.yaml:4 A bubble_v2 chart shows three metrics.'],
  [`type: bubble_v2, ${amount}`, 'LH1612'],
  [`type: big_number_total, where: sum(amount) > 1, ${amount}`, 'LH1617'],
  [`type: big_number_total, where: amount > rand(), ${amount}`, 'LH1617'],
  [`type: big_number_total, where: amount >, ${amount}`, 'LH1617'],
  [`type: big_number_total, where: amuont > 1, ${amount}`, 'LH1611'],
  [`type: echarts_timeseries_bar, x: day, colour: red, ${amount}`, 'LH1601'],
  [
    `type: echarts_timeseries_bar, x: day, metric: { expression: sum(amuont), label: a }`,
    'LH1611 sales.yaml:4 `gold.daily_sales` has no column `amuont`. Did you mean `amount`?',
  ],
  [`type: echarts_timeseries_bar, x: day, metric: { expression: amount, label: a }`, 'LH1614'],
  [`type: echarts_timeseries_bar, x: day, metric: { expression: sum(amount, label: a }`, 'LH1614'],
  [`type: echarts_timeseries_bar, x: day, metric: { expression: "sum(amount), 1", label: a }`, 'LH1614'],
  [`type: echarts_timeseries_bar, x: day, metric: { expression: sum(amount) over (), label: a }`, 'LH1614'],
  [
    `type: echarts_timeseries_bar, x: day, metric: { expression: (select max(id) from silver.orders), label: a }`,
    'LH1614',
  ],
  [
    `type: echarts_timeseries_bar, x: day, metric: { expression: sum(amount) / case when max(orders) > 0 then 1 end, label: a }`,
    'LH1614',
  ],
])('refuses { %s }', async (text, expected) => {
  expect(await shopProblems(dashboard(text))).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
});

test('a file of another name and a filter of no column are refused', async () => {
  expect(await shopProblems(edited(salesDashboard, 'dashboard: sales', 'dashboard: sale'))).toEqual([
    expect.stringContaining('LH1607 sales.yaml:1'),
  ]);
  expect(await shopProblems(edited(salesDashboard, 'filters: [day]', 'filters: [dya]'))).toEqual([
    expect.stringContaining(
      'LH1611 sales.yaml:3 No table of the dashboard has a column `dya` to filter by. Did you mean `day`?',
    ),
  ]);
});
