import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checksOf } from './checks.js';
import { closingLine } from './closingLine.js';
import { type Outcome } from './outcome.js';
import { runCheck } from './runCheck.js';
import { tellProgress } from './tellProgress.js';

const workspace = resolve(import.meta.dirname, '../../..');
const python = process.env['LAKEHOUSE_PYTHON'] ?? join(workspace, '.venv/bin/python');
const reports = mkdtempSync(join(tmpdir(), 'lakehouse-test-'));
const checks = checksOf(workspace, python, reports);
const kinds = [...new Set(checks.map(({ kind }) => kind))];
const given = process.argv.slice(2);
const all = given.includes('--all');
const wanted = given.filter((argument) => argument !== '--all');
// Property tests that run Spark take seconds an example.
const sparkExamples = { LAKEHOUSE_TEST_EXAMPLES: all ? '30' : '3', LAKEHOUSE_TEST_ALL: String(all) };

const unknown = wanted.find((kind) => !kinds.includes(kind));
if (unknown === undefined) {
  try {
    await runAll();
  } finally {
    rmSync(reports, { recursive: true });
  }
} else {
  process.stderr.write(`There is no check \`${unknown}\`; there are ${kinds.join(', ')}.\n`);
  process.exitCode = 2;
}

async function runAll(): Promise<void> {
  const environment = { ...sparkExamples, ...process.env, NX_DAEMON: 'false', LAKEHOUSE_PYTHON: python };
  const outcomes: Outcome[] = [];
  for (const check of checks.filter(({ kind }) => wanted.length === 0 || wanted.includes(kind))) {
    const started = Date.now();
    const progress = tellProgress(process.stdout, check.title);
    const outcome = await runCheck(check, workspace, environment, progress.line);
    progress.end();
    const seconds = Math.round((Date.now() - started) / 1000);
    const verdict = outcome.failed.length === 0 ? '✓' : '✗';
    process.stdout.write(`${verdict} ${check.title}: ${closingLine([outcome])}, ${seconds} s\n`);
    for (const { test, text } of outcome.failed) {
      process.stdout.write(`\n✗ ${test}\n${text.replace(/^/gm, '    ')}\n\n`);
    }
    outcomes.push(outcome);
  }
  const skipped = outcomes.flatMap((outcome) => outcome.skipped);
  const strict = process.env['CI'] === 'true';
  process.stdout.write(
    skipped.map((test) => `skipped${strict ? ', which CI does not allow' : ''}: ${test}\n`).join(''),
  );
  process.stdout.write(`\n${closingLine(outcomes)}\n`);
  const failed = outcomes.some((outcome) => outcome.failed.length > 0) || (strict && skipped.length > 0);
  process.exitCode = failed ? 1 : 0;
}
