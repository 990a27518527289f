import { shopPlan } from '../plan.fixture.js';
import { failedCheck } from '../run.fixture.js';
import { renderRunProblems } from './runProblems.js';
import { createStyle } from './style.js';

const plain = createStyle(false);
const orders = {
  source: 'orders',
  table: 'bronze.orders',
  code: 'LH2107',
  message: 'the connection shop_files is not configured.',
  fix: 'Add a line to connections.yaml.',
};

describe('what stood against a run', () => {
  it('is nothing where all sources were read and all checks passed', () => {
    expect(renderRunProblems({ checks: [{ ...failedCheck, passed: true }], failures: [] }, shopPlan, plain)).toBe('');
  });

  it('names each source that could not be read, its connection, and what lacks for it', () => {
    const [source] = shopPlan.sources;
    const child = shopPlan.tables.flatMap((table) =>
      table.layer === 'silver'
        ? [
            {
              ...table,
              name: 'silver.lines',
              origin: 'bronze.lines',
              rowRules: [
                {
                  ...{ kind: 'reference' as const, id: 'silver.lines/order/references', column: 'order' },
                  ...{ description: '', dimension: null },
                  reference: { columns: ['order'], parent: 'silver.orders', parentColumns: ['order_id'] },
                },
              ],
            },
          ]
        : [],
    );
    const plan = {
      ...shopPlan,
      sources: source === undefined ? [] : [{ ...source, connection: 'shop_files' }],
      tables: [...shopPlan.tables, ...child],
    };
    expect(renderRunProblems({ checks: [], failures: [orders] }, plan, plain)).toBe(
      [
        '1 source could not be read:',
        '',
        '✗ orders LH2107',
        '    the connection shop_files is not configured.',
        '    fix         Add a line to connections.yaml.',
        '    connection  shop_files: LAKEHOUSE_CONNECTION_SHOP_FILES, else its line in connections.yaml',
        '    missing     what is new for bronze.orders, silver.orders',
        '    waiting     rows of silver.lines that refer to it, until it has been read',
      ].join('\n'),
    );
  });

  it('says in what to do about a failed audit that the source goes first', () => {
    const text = renderRunProblems({ checks: [failedCheck], failures: [orders] }, shopPlan, plain);
    expect(text).toMatch(/^1 source could not be read:[^]*1 check stood against publishing:[^]*What to do/);
    expect(text).toContain(
      '- rows lack what the source orders would bring, which could not be read: Add a line to connections.yaml. Or',
    );
  });
});
