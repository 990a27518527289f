import { type IdentityChange } from '../reconcile/change.js';
import { type McAnswer } from './runMc.js';
import { type Admin } from './openAdmin.js';
import { refused } from '../refused.js';

/** Makes the change; `key` is the secret key of the identity. */
export async function applyIdentityChange(admin: Admin, change: IdentityChange, key: string): Promise<void> {
  const answer = await apply(admin, change, key);
  if (!answer.ok) throw refused(`identity ${change.identity}`, answer.message);
}

async function apply(admin: Admin, change: IdentityChange, key: string): Promise<McAnswer> {
  const { identity } = change;
  switch (change.kind) {
    case 'policy': {
      const file = await admin.file(`${identity}.json`, JSON.stringify(change.document));
      return admin.run(['policy', 'create'], [identity, file]);
    }
    case 'key':
      return admin.run(['user', 'add'], [], `${identity}\n${key}\n`);
    case 'attach':
      return admin.run(['policy', 'attach'], [identity, '--user', identity]);
    case 'detach':
      return admin.run(['policy', 'detach'], [...change.policies, '--user', identity]);
  }
}
