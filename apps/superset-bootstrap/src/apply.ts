import type { Plan } from '@lakehouse/plan';
import type { QueryServer } from './assets/databaseAsset.js';
import { declareAssets } from './assets/declareAssets.js';
import { exportAssets, importAssets, removeAsset } from './client/assetsClient.js';
import { openDashboards } from './client/dashboardRoles.js';
import type { Superset } from './client/openSuperset.js';
import { type AssetChange, compareAssets } from './compare/compareAssets.js';
import { keepHandmade } from './compare/keepHandmade.js';

interface Comparison {
  readonly declared: ReturnType<typeof declareAssets>;
  readonly changes: readonly AssetChange[];
}

/** What an import of the plan would change. */
export async function comparePlan(superset: Superset, plan: Plan, queryServer: QueryServer): Promise<Comparison> {
  const present = await exportAssets(superset);
  const declared = keepHandmade(present, declareAssets(plan, queryServer));
  return { declared, changes: compareAssets(present, declared) };
}

/** Brings Superset to what the plan declares; the changes that were made. Where all is so, nothing is written. */
export async function apply(superset: Superset, plan: Plan, queryServer: QueryServer): Promise<readonly AssetChange[]> {
  const { declared, changes } = await comparePlan(superset, plan, queryServer);
  // Superset imports in one transaction, and each asset needs those before it.
  if (changes.some(({ change }) => change !== 'remove')) await importAssets(superset, declared);
  for (const { change, asset } of changes) {
    if (change === 'remove') await removeAsset(superset, asset);
  }
  await openDashboards(superset);
  return changes;
}
