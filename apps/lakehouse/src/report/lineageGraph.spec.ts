import { shopPlan } from '../plan.fixture.js';
import { lineageGraph } from './lineageGraph.js';

describe('lineage', () => {
  it('leads from the source over bronze and silver to gold', () => {
    const { nodes, edges } = lineageGraph(shopPlan, 'shop');
    expect(nodes.map(({ id }) => id)).toEqual(['source/orders', 'bronze.orders', 'silver.orders', 'gold.revenue']);
    expect(edges).toEqual([
      { from: 'source/orders', to: 'bronze.orders' },
      { from: 'bronze.orders', to: 'silver.orders' },
      { from: 'silver.orders', to: 'gold.revenue' },
    ]);
  });

  it('shows the tables of other domains that it reads, without their own way', () => {
    const tables = shopPlan.tables.map((table) =>
      table.layer === 'silver' ? { ...table, domain: 'warehouse' } : table,
    );
    const { nodes, edges } = lineageGraph({ ...shopPlan, tables, sources: [] }, 'shop');
    expect(nodes.map(({ id }) => id)).toEqual(['silver.orders', 'gold.revenue']);
    expect(edges).toEqual([{ from: 'silver.orders', to: 'gold.revenue' }]);
  });
});
