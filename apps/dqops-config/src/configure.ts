import { readSecret } from '@lakehouse/one-shot';
import { openOps } from './applied/openOps.js';
import { readAppliedPlan } from './applied/readAppliedPlan.js';
import { type Settings } from './settings.js';
import { syncHome } from './sync/syncHome.js';
import { userHome } from './userHome/userHome.js';

/** Brings DQOps' user home to the applied plan. */
export async function configure(settings: Settings, tell: (line: string) => void): Promise<void> {
  const [storeKey, password] = await Promise.all([
    readSecret(settings.SECRETS_FOLDER, settings.S3_SECRET),
    readSecret(settings.SECRETS_FOLDER, settings.QUERY_SERVER_SECRET),
  ]);
  const plan = await readAppliedPlan(openOps(settings, storeKey));
  tell(plan === null ? 'no plan was applied yet: no table is watched' : `plan ${plan.hash.slice(0, 12)}`);
  const { files, unsupported } = userHome(plan, {
    queryServer: { host: settings.QUERY_SERVER_HOST, port: settings.QUERY_SERVER_PORT },
    user: settings.QUERY_SERVER_USER,
    credential: settings.QUERY_SERVER_SECRET,
    schedule: settings.DQOPS_DAILY_CHECKS === 'off' ? null : settings.DQOPS_DAILY_CHECKS,
    notify: settings.DQOPS_NOTIFY.split(',').filter((url) => url !== ''),
  });
  for (const { rule, reason: why } of unsupported) tell(`warning LH4404 ${rule}: not in DQOps, since ${why}`);
  const credential = [`.credentials/${settings.QUERY_SERVER_SECRET}`, password] as const;
  const changed = await syncHome(settings.DQOPS_HOME, new Map([credential, ...files]), plan !== null, tell);
  tell(changed === 0 ? 'nothing to change' : `${changed} ${changed === 1 ? 'file' : 'files'} changed`);
}
