/// <reference lib="dom" />
import { type Browser, type BrowserContext, type Page } from 'playwright-core';

/** A dashboard as it was seen in the browser. */
export interface SeenDashboard {
  readonly charts: readonly { readonly title: string; readonly fault: string | null }[];
  /** Addresses of other hosts that the page asked for. */
  readonly elsewhere: readonly string[];
  readonly seconds: number;
}

export interface Visit {
  readonly url: string;
  /** The session cookie of who looks. */
  readonly session: string;
  readonly dashboard: string;
  /** Where the picture goes; none is taken without it. */
  readonly picture?: string;
}

const patienceMs = 90_000;
/** Charts are drawn in steps; then nothing moves any more. */
const settleMs = 1_500;

/** Opens a dashboard in a browser that was never there, waits for all its charts, and takes a picture of the whole page. */
export async function openDashboard(browser: Browser, visit: Visit): Promise<SeenDashboard> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    return await visitDashboard(context, visit);
  } finally {
    await context.close();
  }
}

/** The same in a browser that may have been there before. */
export async function visitDashboard(
  context: BrowserContext,
  { url, session, dashboard, picture }: Visit,
): Promise<SeenDashboard> {
  await context.addCookies([{ name: 'session', value: session, url }]);
  const page = await context.newPage();
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const address = request.url();
    if (!address.startsWith(url) && /^https?:/.test(address)) elsewhere.push(address);
  });
  const since = Date.now();
  try {
    await page.goto(`${url}/superset/dashboard/${dashboard}/?standalone=2`, { waitUntil: 'domcontentloaded' });
    await page.locator('.dashboard-component-chart-holder').first().waitFor({ timeout: patienceMs });
    await showAll(page);
    await page.waitForFunction(
      () =>
        document.querySelectorAll(
          '.dashboard-component-chart-holder .loading, .dashboard-component-chart-holder [data-test="loading-indicator"]',
        ).length === 0,
      undefined,
      { timeout: patienceMs },
    );
    const seconds = (Date.now() - since) / 1_000;
    await page.waitForTimeout(settleMs);
    const charts = await page.locator('[data-test="chart-grid-component"]').evaluateAll((holders) =>
      holders.map((holder) => {
        const title = holder.getAttribute('data-test-chart-name') ?? '';
        const error = holder.querySelector('[data-test="ErrorAlert"], .ant-alert-error, [role="alert"]');
        const empty = /No results were returned|No data/.test(holder.textContent);
        const drawn = holder.querySelector('canvas, table, .header-line, svg.superset-legacy-chart') !== null;
        const fault = error !== null ? error.textContent : empty ? 'no rows' : drawn ? null : 'nothing is drawn';
        return { title, fault };
      }),
    );
    if (picture !== undefined) await page.screenshot({ path: picture, fullPage: true });
    return { charts, elsewhere, seconds };
  } finally {
    await page.close();
  }
}

/** Charts out of sight are not asked for, so the page is made as high as all of it. */
async function showAll(page: Page): Promise<void> {
  const height = await page.evaluate(() => {
    const content = document.querySelector('[data-test="dashboard-content-wrapper"], .dashboard-content, #app');
    return Math.max(document.documentElement.scrollHeight, content?.scrollHeight ?? 0);
  });
  await page.setViewportSize({ width: 1440, height: Math.min(Math.max(900, height + 80), 6_000) });
}
