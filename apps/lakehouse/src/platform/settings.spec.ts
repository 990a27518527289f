import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspace } from '../workspace/workspace.js';
import { installationOf } from './installation.js';
import { ensureSecrets, readSecret } from './secrets.js';
import { readEnvFile, settingsFor, writeEnvFile } from './settings.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lakehouse-settings-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('installationOf', () => {
  it('uses the env file that compose finds by itself, and one of its own in another home', () => {
    expect(installationOf(openWorkspace(root, {}))).toMatchObject({
      project: 'lakehouse',
      envFile: join(root, '.env'),
    });
    const other = installationOf(openWorkspace(root, { LAKEHOUSE_HOME: join(root, 'other') }));
    expect(other.project).toMatch(/^lakehouse-[0-9a-f]{8}$/);
    expect(other.envFile).toBe(join(root, 'other/platform/compose.env'));
  });
});

describe('settingsFor', () => {
  const installation = () => installationOf(openWorkspace(root, {}));

  it('remembers what was chosen, and the ports', async () => {
    const first = settingsFor(installation(), { workers: 3 }, {}, { LAKEHOUSE_PORT_S3: '19000' });
    await writeEnvFile(installation(), first);
    const again = settingsFor(installation(), {}, await readEnvFile(installation().envFile), {});

    expect(again).toEqual(first);
    expect(again.variables).toMatchObject({
      LAKEHOUSE_PROFILE: 'small',
      LAKEHOUSE_WORKERS: '3',
      LAKEHOUSE_PORT_S3: '19000',
    });
  });

  it('has one who starts the daily checks, and remembers who is told of incidents', async () => {
    const url = 'https://hooks.example.org/services/T0/B0';
    const first = settingsFor(installation(), {}, {}, { LAKEHOUSE_INCIDENT_WEBHOOK: url });
    await writeEnvFile(installation(), first);
    const before = await readEnvFile(installation().envFile);

    expect(first.variables['LAKEHOUSE_DQOPS_DAILY_CHECKS']).toBe('off');
    expect(settingsFor(installation(), { without: ['airflow'] }, before, {}).variables).toMatchObject({
      LAKEHOUSE_DQOPS_DAILY_CHECKS: '0 12 * * *',
      LAKEHOUSE_INCIDENT_WEBHOOK: url,
    });
  });

  it('remembers which object store takes the place of its own', async () => {
    const chosen = { LAKEHOUSE_S3_ENDPOINT: 'https://s3.example.org', LAKEHOUSE_S3_ROOT_USER: 'admin' };
    await writeEnvFile(installation(), settingsFor(installation(), {}, {}, chosen));

    const before = await readEnvFile(installation().envFile);
    expect(settingsFor(installation(), {}, before, {}).variables).toMatchObject(chosen);
  });

  it('leaves a part out until it is brought back', async () => {
    const first = settingsFor(installation(), { without: ['airflow'] }, {}, {});
    await writeEnvFile(installation(), first);
    const before = await readEnvFile(installation().envFile);

    expect(first.without).toEqual(['airflow']);
    expect(settingsFor(installation(), {}, before, {})).toEqual(first);
    expect(settingsFor(installation(), { with: ['airflow'] }, before, {}).without).toEqual([]);
    expect(settingsFor(installation(), {}, {}, {}).without).toEqual([]);
  });

  it('gives a profile that was changed its own number of workers', async () => {
    await writeEnvFile(installation(), settingsFor(installation(), { workers: 5 }, {}, {}));
    const before = await readEnvFile(installation().envFile);

    expect(settingsFor(installation(), { profile: 'standard' }, before, {}).workers).toBe(2);
  });

  it('names a value that no env file can hold', () => {
    const chosen = { LAKEHOUSE_INCIDENT_WEBHOOK: 'https://hooks.example.org/#lakehouse' };
    expect(() => settingsFor(installation(), {}, {}, chosen)).toThrow(
      expect.objectContaining({ code: 'LH3117', subject: 'LAKEHOUSE_INCIDENT_WEBHOOK' }),
    );
  });

  it('names the profiles that there are', () => {
    expect(() => settingsFor(installation(), { profile: 'huge' }, {}, {})).toThrow(
      expect.objectContaining({ code: 'LH3107', fix: 'Choose one of: small, standard.' }),
    );
  });
});

describe('ensureSecrets', () => {
  it('makes each secret once, behind a folder that only its owner may enter', async () => {
    const installation = installationOf(openWorkspace(root, {}));
    const made = await ensureSecrets(installation);
    const first = await readSecret(installation, 'postgres-admin');
    rmSync(join(installation.secrets, 'connect-token'));

    expect(made).toBeGreaterThan(10);
    expect(first).toMatch(/^[0-9a-f]{48}$/);
    expect(await ensureSecrets(installation)).toBe(1);
    expect(await readSecret(installation, 'postgres-admin')).toBe(first);
    expect(statSync(installation.secrets).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(installation.secrets, 'connect-token'), 'utf8')).not.toBe(first);
  });
});
