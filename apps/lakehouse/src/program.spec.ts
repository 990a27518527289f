import { CommanderError } from 'commander';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgram } from './program.js';
import { failedCheck, shopRun } from './run.fixture.js';
import { fakeRuntime, printEvent } from './runtime/fakeRuntime.fixture.js';
import { recordingTerminal, type RecordingTerminal } from './workspace/recordingTerminal.fixture.js';

const noProblems = printEvent({ event: 'result', value: { problems: [] } });
const runFinished = { event: 'runFinished', run: 'r', status: 'published', seconds: 1, release: 'r-7' };

describe('the command line', () => {
  let root: string;
  let terminal: RecordingTerminal;
  let exit: number;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lakehouse-program-'));
    mkdirSync(join(root, 'libs', 'domains'), { recursive: true });
    terminal = recordingTerminal();
    exit = 0;
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  async function lakehouse(words: readonly string[], runtime = 'exit 3'): Promise<void> {
    const program = createProgram({
      workspace: {
        root,
        domains: join(root, 'libs', 'domains'),
        home: join(root, 'home'),
        python: fakeRuntime(root, runtime),
        environment: process.env,
      },
      terminal,
      version: '1.2.3',
      finish: (code) => {
        exit = Math.max(exit, code);
      },
    });
    await program.parseAsync(words, { from: 'user' });
  }

  function calls(): readonly string[] {
    const file = join(root, 'calls.txt');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  function answering(value: unknown, code = 0): string {
    return [
      `if [ "$3" = analyse ]; then ${noProblems}; exit 0; fi`,
      printEvent(runFinished),
      printEvent({ event: 'result', value }),
      `exit ${String(code)}`,
    ].join('\n');
  }

  it('makes a domain that compiles without a problem', async () => {
    await lakehouse(['init-domain', 'shop']);
    terminal.printed.length = 0;
    await lakehouse(['compile', '--json']);
    const answer: { plan: string; file: string; problems: unknown[] } = JSON.parse(terminal.printed.join(''));
    expect(answer.problems).toEqual([]);
    expect(answer.file).toBe(join(root, 'home', 'plans', `${answer.plan}.json`));
    expect(existsSync(answer.file)).toBe(true);
    expect(exit).toBe(0);
  });

  it('refuses to overwrite a domain and a name that cannot be one', async () => {
    await lakehouse(['init-domain', 'shop']);
    await expect(lakehouse(['init-domain', 'shop'])).rejects.toMatchObject({ code: 'LH3030', exit: 2 });
    await expect(lakehouse(['init-domain', '../shop'])).rejects.toMatchObject({ code: 'LH3029', exit: 2 });
  });

  it('lists problems with their place, and then touches nothing', async () => {
    await lakehouse(['init-domain', 'shop']);
    const model = join(root, 'libs', 'domains', 'shop', 'models', 'gold.shop_revenue_by_day.sql');
    writeFileSync(model, readFileSync(model, 'utf8').replace('silver.shop_orders', 'silver.shop_order'));
    await lakehouse(['run', 'shop'], answering(shopRun));
    expect(exit).toBe(1);
    expect(calls()).toEqual([]);
    expect(existsSync(join(root, 'home'))).toBe(false);
    expect(terminal.noted.join('\n')).toMatch(/models\/gold\.shop_revenue_by_day\.sql:\d+:\d+ error LH\d{4}/);
  });

  it('analyses a plan once, applies it, runs it and keeps the answer', async () => {
    await lakehouse(['init-domain', 'shop']);
    await lakehouse(['run', 'shop'], answering(shopRun));
    await lakehouse(['run', 'shop'], answering(shopRun));
    expect(calls().map((line) => line.split(' ')[2])).toEqual(['analyse', 'run', 'run']);
    expect(calls()[1]).toContain(
      `--plan ${join(root, 'home', 'plan.json')} --home ${join(root, 'home')} --domain shop`,
    );
    expect(terminal.printed.join('\n')).toContain('Published as r-7');
    expect(existsSync(join(root, 'home', 'state', 'last-run-shop.json'))).toBe(true);
    expect(exit).toBe(0);
  });

  it('does not apply a plan that Spark refuses', async () => {
    await lakehouse(['init-domain', 'shop']);
    const problem = {
      code: 'LH1701',
      severity: 'error',
      table: 'gold.shop_revenue_by_day',
      file: 'libs/domains/shop/models/gold.shop_revenue_by_day.sql',
      line: 3,
      column: 'revenue',
      message: 'No such column.',
      fix: 'Mend the expression.',
    };
    await lakehouse(['run', 'shop'], `${printEvent({ event: 'result', value: { problems: [problem] } })}\nexit 1`);
    expect(exit).toBe(1);
    expect(calls()).toHaveLength(1);
    expect(existsSync(join(root, 'home', 'plan.json'))).toBe(false);
    expect(terminal.noted.join('\n')).toMatch(
      /gold\.shop_revenue_by_day\.sql:3[^]*gold\.shop_revenue_by_day\.revenue: No such column\./,
    );
  });

  it('explains a failed audit and ends with 1', async () => {
    await lakehouse(['init-domain', 'shop']);
    await lakehouse(['run', 'shop'], answering({ ...shopRun, status: 'auditFailed', checks: [failedCheck] }, 1));
    expect(exit).toBe(1);
    expect(terminal.printed.join('\n')).toContain('1 check stood against publishing');
  });

  it('answers a run in JSON and in nothing else', async () => {
    await lakehouse(['init-domain', 'shop']);
    terminal.printed.length = 0;
    await lakehouse(['run', '--all', '--json', '--until', 'silver'], answering(shopRun));
    expect(terminal.printed).toHaveLength(1);
    expect(JSON.parse(terminal.printed.join(''))).toMatchObject({
      runs: [{ domain: 'shop', exit: 0, result: shopRun }],
    });
    expect(calls().at(-1)).toContain('--until silver');
  });

  it('has a range of days refined again and keeps the answer', async () => {
    await lakehouse(['init-domain', 'shop']);
    const days = ['--from', '2026-01-01', '--to', '2026-02-28'];
    const interval = {
      table: 'silver.orders',
      from: '2026-01-01',
      to: '2026-01-31',
      batches: ['orders-1'],
      resumed: false,
    };
    await lakehouse(['backfill', 'shop', ...days], answering({ ...shopRun, changed: true, intervals: [interval] }));
    expect(calls().at(-1)).toMatch(/ backfill .* --domain shop --from 2026-01-01 --to 2026-02-28$/);
    expect(terminal.printed.join('\n')).toContain('Refined again 1 batch in 1 table');
    expect(existsSync(join(root, 'home', 'state', 'last-run-shop.json'))).toBe(true);
    const failed = { ...shopRun, status: 'auditFailed', checks: [failedCheck], intervals: [interval] };
    await lakehouse(['backfill', 'shop', ...days], answering(failed, 1));
    expect(terminal.printed.join('\n')).toContain('1 check stood against publishing');
    expect(exit).toBe(1);
  });

  it('starts no backfill without days that are days, in their order', async () => {
    await lakehouse(['init-domain', 'shop']);
    for (const days of [['2026-02-30', '2026-03-01'], ['yesterday', 'today'], ['2026-01-01']]) {
      const words = days.flatMap((day, index) => [index === 0 ? '--from' : '--to', day]);
      await expect(lakehouse(['backfill', 'shop', ...words])).rejects.toBeInstanceOf(CommanderError);
    }
    const backwards = lakehouse(['backfill', 'shop', '--from', '2026-02-01', '--to', '2026-01-01']);
    await expect(backwards).rejects.toMatchObject({ code: 'LH3036', exit: 2 });
    expect(calls()).toEqual([]);
  });

  it('rolls published tables back, and says what the next run does', async () => {
    await expect(lakehouse(['rollback', 'shop'])).rejects.toMatchObject({ code: 'LH3025', exit: 2 });
    await lakehouse(['init-domain', 'shop']);
    await lakehouse(['run', 'shop'], answering(shopRun));
    const rolledBack = { ...shopRun, status: 'rolledBack', release: 'rollback-8', checks: [] };
    await lakehouse(['rollback', 'shop', '--to', 'r-6'], answering({ ...rolledBack, changed: true }));
    expect(calls().at(-1)).toMatch(/ rollback .* --domain shop --to r-6$/);
    expect(terminal.printed.join('\n')).toContain('Rolled back as rollback-8');
    expect(terminal.printed.join('\n')).toContain('The next run brings gold up to date again');
  });

  it('checks the name of a domain before anything starts', async () => {
    await lakehouse(['init-domain', 'shop']);
    await expect(lakehouse(['run', 'shopp'])).rejects.toMatchObject({ code: 'LH3028', exit: 2 });
    await expect(lakehouse(['run'])).rejects.toMatchObject({ code: 'LH3027', exit: 2 });
    expect(calls()).toEqual([]);
  });

  it('says that an answer has another form', async () => {
    await lakehouse(['init-domain', 'shop']);
    await expect(lakehouse(['run', 'shop'], answering({ run: 7 }))).rejects.toMatchObject({ code: 'LH3026' });
  });

  it('writes the report of the last run', async () => {
    for (const folder of ['apps', 'node_modules']) {
      symlinkSync(join(__dirname, '..', '..', '..', folder), join(root, folder));
    }
    await lakehouse(['init-domain', 'shop']);
    await lakehouse(['run', 'shop'], answering(shopRun));
    const answer = {
      charts: [
        {
          dashboard: 'shop_overview',
          title: 'Revenue by day',
          rows: [{ order_date: '2026-01-05', product: 'pencil', value: '9.60' }],
        },
      ],
    };
    const list = printEvent({ event: 'result', value: { tables: [] } });
    await lakehouse(
      ['report', '--json'],
      `if [ "$3" = quarantine ]; then ${list}; exit 0; fi\n${printEvent({ event: 'result', value: answer })}`,
    );
    const { reports }: { reports: { file: string }[] } = JSON.parse(terminal.printed.at(-1) ?? '');
    const page = readFileSync(reports[0]?.file ?? '', 'utf8');
    expect(page).toContain('How orders develop');
    expect(page.length).toBeGreaterThan(300_000);
  });

  it('asks for the audit of a run, or of the last one', async () => {
    await lakehouse(['init-domain', 'shop']);
    await lakehouse(['run', 'shop'], answering(shopRun));
    const run = { id: 'r-8', domain: 'shop', status: 'auditFailed', release: null };
    const audit = { run: { ...run, started_at: '2026-03-01T12:00:00Z', finished_at: null }, judged: 1, checks: [] };
    await lakehouse(['audit', 'show', 'r-8', '--rows', '2'], answering(audit));
    expect(calls().at(-1)).toContain('show-audit');
    expect(calls().at(-1)).toMatch(/--of r-8 --limit 2$/);
    expect(terminal.printed.at(-1)).toContain('r-8  shop, auditFailed');
    await lakehouse(['audit', 'show', '--json'], answering(audit));
    expect(calls().at(-1)).toMatch(/home \S+ --limit 5$/);
    expect(JSON.parse(terminal.printed.at(-1) ?? '')).toEqual(audit);
    await expect(lakehouse(['audit', 'show', '--rows', '-1'])).rejects.toBeInstanceOf(CommanderError);
  });

  it('sets an audit aside for a reason only, and says who did', async () => {
    await lakehouse(['init-domain', 'shop']);
    await lakehouse(['run', 'shop'], answering(shopRun));
    await expect(lakehouse(['publish', 'shop', '--override'])).rejects.toMatchObject({ code: 'LH3037', exit: 2 });
    await expect(lakehouse(['publish', 'shop', '--override', '--reason', ' '])).rejects.toMatchObject({ exit: 2 });
    const override = { run: 'r-6', by: 'anna@desk', reason: 'a sale', at: '2026-03-01T12:00:00Z' };
    const told = ['--run', 'r-6', '--override', '--reason', 'a sale'];
    await lakehouse(['publish', 'shop', ...told], answering({ ...shopRun, override }));
    expect(calls().at(-1)).toMatch(/publish-kept .*--domain shop --of r-6 --override-by \S+@\S+ --reason a sale$/);
    expect(terminal.printed.join('\n')).toContain('anna@desk set it aside: a sale');
    await lakehouse(['publish', 'shop'], answering(shopRun));
    expect(calls().at(-1)).toMatch(/publish-kept .*--domain shop$/);
  });

  it.each([
    ['status'],
    ['query', 'select 1'],
    ['audit', 'show'],
    ['publish', 'shop'],
    ['quarantine', 'list'],
    ['maintain'],
    ['report'],
  ])('says that nothing ran yet: %s', async (...words) => {
    await expect(lakehouse(words)).rejects.toMatchObject({ code: 'LH3025', exit: 2 });
  });

  it('ends a wrong word or option with an error of usage, and help with none', async () => {
    await expect(lakehouse(['compil'])).rejects.toMatchObject({ exitCode: 1 });
    await expect(lakehouse(['run', '--until', 'gold'])).rejects.toBeInstanceOf(CommanderError);
    await expect(lakehouse(['run', '--help'])).rejects.toMatchObject({ exitCode: 0 });
  });

  it('describes every command with examples', () => {
    const program = createProgram({
      workspace: { root, domains: root, home: root, python: 'python3', environment: {} },
      terminal,
      version: '1.2.3',
      finish: () => undefined,
    });
    for (const command of program.commands) {
      terminal.printed.length = 0;
      command.outputHelp();
      expect(command.summary()).not.toBe('');
      expect(terminal.printed.join('\n')).toContain('Example');
    }
  });
});
