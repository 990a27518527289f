import { airflow } from './airflow.js';
import { airflowBackfill } from './airflowBackfill.js';
import { airflowFaults } from './airflowFaults.js';
import { bringUp } from './bringUp.js';
import { faults } from './faults/faults.js';
import { takeDown } from './takeDown.js';

jest.setTimeout(10 * 60_000);

// The images are built first, where they are not there.
beforeAll(bringUp, 40 * 60_000);
afterAll(takeDown, 5 * 60_000);

// In this order: what comes later works with the data that came before.
import './services.js';
import './objectStore.js';
import './pipeline.js';
import './clients.js';
import './quality.js';
import './dashboards.js';
import './dashboardImports.js';
import './freshness.js';

const all = process.env['LAKEHOUSE_TEST_ALL'] === 'true';
// All of them take an hour.
faults(all);
airflow();
airflowFaults(all);
airflowBackfill();
