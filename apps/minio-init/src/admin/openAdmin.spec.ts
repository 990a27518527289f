import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { variables } from '../settings.js';
import { applyIdentityChange } from './applyIdentityChange.js';
import { observeIdentity } from './observeIdentity.js';
import { openAdmin } from './openAdmin.js';

const root = { accessKeyId: 'lakehouse-root', secretAccessKey: 'root password' };

/** A client that writes down how it was called, and answers what ANSWER holds. */
const client = `#!/bin/sh
folder=$(dirname "$0")
{ printf '%s\\n' "$@"; env; } > "$folder/called"
cat > "$folder/input"
cat "$folder/answer"
exit "$(cat "$folder/code")"
`;

describe('openAdmin', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mc-test-'));
  const path = process.env['PATH'];

  beforeAll(() => {
    writeFileSync(join(folder, 'mc'), client);
    chmodSync(join(folder, 'mc'), 0o755);
    process.env['PATH'] = `${folder}:${path ?? ''}`;
  });
  afterAll(() => {
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true });
  });

  function answer(output: unknown, code = 0): void {
    writeFileSync(join(folder, 'answer'), JSON.stringify(output));
    writeFileSync(join(folder, 'code'), String(code));
  }

  function refusal(Code: string): unknown {
    return { status: 'error', error: { message: 'Unable', cause: { message: 'It is so.', error: { Code } } } };
  }

  it('shows secrets neither in arguments nor in the environment, and leaves none behind', async () => {
    answer({ status: 'success' });
    const admin = await openAdmin(variables.parse({}), root);
    await applyIdentityChange(admin, { kind: 'key', identity: 'reader', because: 'new' }, 'reader key');
    const called = readFileSync(join(folder, 'called'), 'utf8');
    const configuration = called.split('\n')[called.split('\n').indexOf('--config-dir') + 1] ?? '';

    expect(called).toContain('user\nadd\nstore\n');
    expect(called).not.toContain('reader key');
    expect(called).not.toContain('root password');
    expect(readFileSync(join(folder, 'input'), 'utf8')).toBe('reader\nreader key\n');
    expect(readFileSync(join(configuration, 'config.json'), 'utf8')).toContain('root password');

    await admin.close();
    expect(existsSync(configuration)).toBe(false);
  });

  it('takes a user that does not exist for absent, and any other refusal for a failure', async () => {
    const admin = await openAdmin(variables.parse({}), root);
    const observe = () => observeIdentity(admin, 'reader', () => Promise.resolve(true));

    answer(refusal('AccessDenied'), 1);
    await expect(observe()).rejects.toMatchObject({ code: 'LH4106', message: expect.stringContaining('It is so.') });
    answer(refusal('XMinioAdminNoSuchUser'), 1);
    expect(await admin.run(['user', 'info'], ['reader'])).toMatchObject({ ok: false, code: 'XMinioAdminNoSuchUser' });
    await admin.close();
  });

  it('says which command could not be run', async () => {
    const admin = await openAdmin(variables.parse({}), root);
    process.env['PATH'] = '/nowhere';
    await expect(admin.run(['user', 'info'], ['reader'])).rejects.toMatchObject({
      code: 'LH4107',
      subject: 'mc admin user info store reader',
    });
    process.env['PATH'] = `${folder}:${path ?? ''}`;
    await admin.close();
  });
});
