import { applyIdentityChange } from './admin/applyIdentityChange.js';
import { observeIdentity } from './admin/observeIdentity.js';
import { openAdmin } from './admin/openAdmin.js';
import { type DeclaredIdentity } from './declaration/declaration.js';
import { describeChange } from './reconcile/describeChange.js';
import { planIdentity } from './reconcile/planIdentity.js';
import { type Result } from './reconcile/result.js';
import { type Settings } from './settings.js';
import { keyWorks } from './store/keyWorks.js';
import { type Credentials } from './store/openStore.js';

/** An identity with the secret key that it shall have. */
export interface KeyedIdentity {
  readonly declared: DeclaredIdentity;
  readonly key: string;
}

/** Brings the users of MinIO and their policies to what is declared. Users that are not declared are left alone. */
export async function initIdentities(
  settings: Settings,
  root: Credentials,
  identities: readonly KeyedIdentity[],
  tell: (line: string) => void,
): Promise<Result> {
  const admin = await openAdmin(settings, root);
  let changes = 0;
  try {
    for (const { declared, key } of identities) {
      const accepted = () => keyWorks(settings, { accessKeyId: declared.name, secretAccessKey: key });
      for (const change of planIdentity(declared, await observeIdentity(admin, declared.name, accepted))) {
        await applyIdentityChange(admin, change, key);
        changes += 1;
        tell(describeChange(change));
      }
    }
  } finally {
    await admin.close();
  }
  return { changes, leftOut: [] };
}
