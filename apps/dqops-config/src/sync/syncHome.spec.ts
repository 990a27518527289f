import { Failure } from '@lakehouse/one-shot';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { changes } from './changes.js';
import { applyChange, readHome } from './folder.js';
import { syncHome } from './syncHome.js';

const connection = 'sources/lakehouse/connection.dqoconnection.yaml';
const flights = 'sources/lakehouse/silver.flights.dqotable.yaml';
const planes = 'sources/lakehouse/silver.planes.dqotable.yaml';
const wanted = new Map([
  ['.DQO_USER_HOME', 'x\n'],
  [flights, 'flights 1\n'],
  [planes, 'planes 1\n'],
  [connection, 'plan 1\n'],
]);
const longAgo = new Date('2020-01-01T00:00:00Z');

describe('syncHome', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'dqops-home-'));
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  };
  const text = (path: string): string => readFileSync(join(home, path), 'utf8');
  const sync = (files: ReadonlyMap<string, string>): Promise<number> => syncHome(home, files, true, () => undefined);

  it('fills an empty folder, and then has nothing to do', async () => {
    expect(await sync(wanted)).toBe(4);
    for (const [path, content] of wanted) expect(text(path)).toBe(content);
    expect(await sync(wanted)).toBe(0);
    expect(statSync(join(home, '.lakehouse/tmp')).isDirectory()).toBe(true);
  });

  it('writes only what differs, with the time of now', async () => {
    await sync(wanted);
    for (const path of wanted.keys()) utimesSync(join(home, path), longAgo, longAgo);
    const before = Date.now() - 1000;

    await sync(new Map([...wanted, [flights, 'flights 2\n']]));

    expect(statSync(join(home, flights)).mtimeMs).toBeGreaterThan(before);
    expect(statSync(join(home, planes)).mtimeMs).toBe(longAgo.getTime());
  });

  it('leaves alone what the server and the user wrote', async () => {
    const theirs = [
      '.data/check_results/c=lakehouse/t=silver.flights/m=2026-11-01/check_results.0.parquet',
      '.localsettings.dqosettings.yaml',
      'sources/mine/connection.dqoconnection.yaml',
      'checks/table/monitoring/monthly/custom/mine.dqocheck.yaml',
    ];
    for (const path of theirs) put(path, 'theirs');
    await sync(wanted);
    await sync(new Map([[connection, 'plan 2\n']]));
    for (const path of theirs) expect(text(path)).toBe('theirs');
  });

  it('archives the table that left the plan, and takes it back', async () => {
    await sync(wanted);
    const without = new Map([...wanted].filter(([path]) => path !== planes));
    await sync(without);
    expect(readdirSync(join(home, 'sources/lakehouse'))).not.toContain('silver.planes.dqotable.yaml');
    expect(text('.lakehouse/archive/silver.planes.dqotable.yaml')).toBe('planes 1\n');

    await sync(wanted);
    expect(text(planes)).toBe('planes 1\n');
  });

  it('does the rest where it was killed half-way, and names the plan only when all is there', async () => {
    const todo = changes(wanted, await readHome(home, wanted.keys()), true);
    for (const [index, change] of todo.entries()) {
      expect(readdirSync(home, { recursive: true })).not.toContain(connection);
      await applyChange(home, change);
      put('.lakehouse/unfinished/silver.flights.dqotable.yaml', 'half of a fi');
      if (index === 1) break;
    }
    await sync(wanted);
    for (const [path, content] of wanted) expect(text(path)).toBe(content);
  });

  it('says where it cannot write', async () => {
    put('sources', 'a file where a folder has to be');
    await expect(sync(wanted)).rejects.toMatchObject({ code: 'LH4403', subject: home });
    await expect(sync(wanted)).rejects.toBeInstanceOf(Failure);
  });
});
