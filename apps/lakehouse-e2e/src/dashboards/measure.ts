import { text } from 'node:stream/consumers';
import { chromium } from 'playwright-core';
import { login } from './login.js';
import { visitDashboard } from './openDashboard.js';

/** `measure.ts URL USER DASHBOARD…`, the password on standard input: the seconds until each is complete, for who was there before. */
async function measure(url: string, username: string, dashboards: readonly string[]): Promise<void> {
  const session = await login({ url, username, password: (await text(process.stdin)).trim() });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    for (const dashboard of dashboards) {
      await visitDashboard(context, { url, session, dashboard });
      const { seconds, charts } = await visitDashboard(context, { url, session, dashboard });
      const faults = charts.flatMap(({ title, fault }) => (fault === null ? [] : [`${title}: ${fault}`]));
      process.stdout.write(`${JSON.stringify({ dashboard, seconds, charts: charts.length, faults })}\n`);
    }
  } finally {
    await browser.close();
  }
}

const [url = '', username = '', ...dashboards] = process.argv.slice(2);
await measure(url, username, dashboards);
