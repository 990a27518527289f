import { z } from 'zod';
import { type ObservedIdentity, type ObservedUser } from '../reconcile/planIdentity.js';
import { type Admin } from './openAdmin.js';
import { refused } from '../refused.js';

const policyAnswer = z.object({ policyInfo: z.object({ Policy: z.unknown() }) });
const userAnswer = z.object({ userStatus: z.string(), policyName: z.string().default('') });

/** The identity `name` as MinIO has it; `keyWorks` finds out whether it has our secret key. */
export async function observeIdentity(
  admin: Admin,
  name: string,
  keyWorks: () => Promise<boolean>,
): Promise<ObservedIdentity> {
  const [policy, user] = await Promise.all([
    lookUp(admin, ['policy', 'info'], name, 'XMinioAdminNoSuchPolicy'),
    lookUp(admin, ['user', 'info'], name, 'XMinioAdminNoSuchUser'),
  ]);
  return {
    document: policy === undefined ? undefined : policyAnswer.parse(policy).policyInfo.Policy,
    user: user === undefined ? undefined : await observedUser(userAnswer.parse(user), keyWorks),
  };
}

async function observedUser(
  { userStatus, policyName }: z.infer<typeof userAnswer>,
  keyWorks: () => Promise<boolean>,
): Promise<ObservedUser> {
  const enabled = userStatus === 'enabled';
  const policies = policyName.split(',').filter((policy) => policy !== '');
  return { enabled, keyWorks: enabled && (await keyWorks()), policies };
}

/** What MinIO says of `name`, or undefined where it answers with the code `absent`. */
async function lookUp(admin: Admin, command: readonly string[], name: string, absent: string): Promise<unknown> {
  const answer = await admin.run(command, [name]);
  if (answer.ok) return JSON.parse(answer.output);
  if (answer.code === absent) return undefined;
  throw refused(`identity ${name}`, answer.message);
}
