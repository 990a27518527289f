import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { contractsAt } from './git.js';

describe('contracts at a git ref', () => {
  let root: string;
  let domains: string;

  function git(...arguments_: readonly string[]): void {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...arguments_], { cwd: root });
  }

  function write(path: string, text: string): void {
    const file = join(domains, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lakehouse-git-'));
    domains = join(root, 'libs', 'domains');
    git('init', '--quiet', '--initial-branch=main');
    write('shop/contracts/silver.orders.odcs.yaml', 'old\n');
    write('shop/contracts/with space.odcs.yaml', 'spaced\n');
    write('shop/models/gold.x.sql', 'select 1\n');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('are read as they stood there, and nothing else is', async () => {
    write('shop/contracts/silver.orders.odcs.yaml', 'new\n');
    expect(await contractsAt(root, domains, 'main')).toEqual([
      { path: 'libs/domains/shop/contracts/silver.orders.odcs.yaml', text: 'old\n' },
      { path: 'libs/domains/shop/contracts/with space.odcs.yaml', text: 'spaced\n' },
    ]);
  });

  it.each(['nowhere', '--help', ''])('refuses the ref %j', async (ref) => {
    await expect(contractsAt(root, domains, ref)).rejects.toMatchObject({ code: 'LH3035', exit: 2 });
  });
});
