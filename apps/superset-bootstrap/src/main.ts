import { Failure, readSecret, readSettings, runProgram } from '@lakehouse/one-shot';
import { parseArgs } from 'node:util';
import { apply, comparePlan } from './apply.js';
import { exportAssets } from './client/assetsClient.js';
import { waitForSuperset } from './client/waitForSuperset.js';
import { findDashboard } from './dashboardFile/findDashboard.js';
import { writeDashboard } from './dashboardFile/writeDashboard.js';
import { describeChange } from './describeChange.js';
import { readPlan } from './readPlan.js';
import { variables } from './settings.js';
import { supersetIdentity } from '@lakehouse/connections';

const usage = `superset-bootstrap <verb> [--plan FILE]

  apply               brings Superset to what the plan declares
  diff                says what apply would change
  export DASHBOARD    a dashboard of Superset, by its slug or title, as dashboards/<dashboard>.yaml`;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { plan: { type: 'string', default: '/plan.json' }, help: { type: 'boolean', default: false } },
  });
  const [verb, name] = positionals;
  if (values.help || verb === undefined || (verb === 'export') !== (name !== undefined)) {
    say(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const settings = readSettings(variables, process.env, 'superset-bootstrap');
  const plan = await readPlan(values.plan);
  const password = await readSecret(settings.SECRETS_FOLDER, supersetIdentity.admin.secret);
  const login = { url: settings.SUPERSET_URL, username: settings.SUPERSET_USER, password };
  const superset = await waitForSuperset(login, settings.SUPERSET_WAIT_SECONDS);
  const queryServer = { address: settings.QUERY_SERVER, secretsFolder: settings.QUERY_SERVER_SECRETS_FOLDER };
  switch (verb) {
    case 'apply': {
      const changes = await apply(superset, plan, queryServer);
      say([...changes.map(describeChange), counted(changes.length, 'made')].join('\n'));
      return;
    }
    case 'diff': {
      const { changes } = await comparePlan(superset, plan, queryServer);
      say([...changes.map(describeChange), counted(changes.length, 'to make')].join('\n'));
      return;
    }
    case 'export': {
      const found = findDashboard(plan, await exportAssets(superset), name ?? '');
      if (found === null) {
        const known = plan.dashboards.map((dashboard) => dashboard.name).join(', ');
        throw new Failure('LH4208', name ?? '', 'Superset has no such dashboard.', `Name its slug or title: ${known}.`);
      }
      process.stdout.write(writeDashboard(found));
      return;
    }
    default:
      say(usage);
      process.exitCode = 2;
  }
}

function counted(count: number, done: string): string {
  return count === 0 ? 'nothing to change' : `${count} ${count === 1 ? 'change' : 'changes'} ${done}`;
}

void runProgram(run);
