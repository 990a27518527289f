import { chromium } from 'playwright-core';
import { eventually } from '../eventually.js';
import { secret } from '../platform.js';
import { airflowUrl, ask } from './api.js';

interface Graph {
  readonly nodes: readonly { readonly id: string; readonly label: string; readonly type: string }[];
  readonly edges: readonly { readonly source_id: string; readonly target_id: string }[];
}

interface Assets {
  readonly assets: readonly { readonly id: number; readonly name: string }[];
}

async function assetNamed(name: string): Promise<number> {
  const { assets } = await ask<Assets>('assets?limit=100');
  const found = assets.find((asset) => asset.name === name);
  if (found === undefined) throw new Error(`There is no asset ${name}.`);
  return found.id;
}

/** The tables that a table is made of, straight or by others, as Airflow's lineage tells it. */
export async function ancestorsOf(table: string): Promise<readonly string[]> {
  const id = `asset:${String(await assetNamed(table))}`;
  const { nodes, edges } = await lineage(id);
  const labels = new Map(nodes.map((node) => [node.id, node]));
  const found = new Set<string>();
  const visit = (node: string): void => {
    for (const { source_id: source } of edges.filter(({ target_id: target }) => target === node)) {
      if (found.has(source)) continue;
      found.add(source);
      visit(source);
    }
  };
  visit(id);
  return [...found]
    .flatMap((node) => (labels.get(node)?.type === 'asset' ? [labels.get(node)?.label ?? ''] : []))
    .sort();
}

async function lineage(id: string): Promise<Graph> {
  // What the page of an asset asks; it is no part of the public API.
  return await ask<Graph>(`../../ui/dependencies?node_id=${encodeURIComponent(id)}&dependency_type=data`);
}

/** Looks at an asset's page in a real browser; writes a picture of it and returns the text that it shows. */
export async function lookAtAsset(table: string, picture: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1500, height: 800 } });
    await page.goto(`${airflowUrl()}/auth/login`);
    await page.getByLabel(/username/i).fill('admin');
    await page.getByLabel(/password/i).fill(secret('airflow-admin'));
    await page.getByRole('button', { name: /sign in/i }).click();
    await page.waitForURL((url) => !url.pathname.includes('login'));
    await page.goto(`${airflowUrl()}/assets/${String(await assetNamed(table))}`);
    await page.getByText('Task Dependencies').click();
    const node = page.locator('.react-flow__node').filter({ hasText: table }).first();
    await eventually(async () => {
      // What lies beyond the edge of the picture is not in the page.
      await page.locator('.react-flow__controls-fitview').click();
      return (await node.isVisible()) || undefined;
    }, 60);
    await page.waitForTimeout(2000);
    await page.screenshot({ path: picture });
    return await page.locator('body').innerText();
  } finally {
    await browser.close();
  }
}
