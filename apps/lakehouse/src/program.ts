import { Command } from 'commander';
import { apply } from './commands/apply.js';
import { audit } from './commands/audit.js';
import { backfill } from './commands/backfill.js';
import { batch } from './commands/batch.js';
import { bench } from './commands/bench.js';
import { bi } from './commands/bi.js';
import { compile } from './commands/compile.js';
import { completion } from './commands/completion.js';
import { contract } from './commands/contract.js';
import { dags } from './commands/dags.js';
import { demo } from './commands/demo.js';
import { doctor } from './commands/doctor.js';
import { down } from './commands/down.js';
import { incident } from './commands/incident.js';
import { initDomain } from './commands/initDomain.js';
import { logs } from './commands/logs.js';
import { maintain } from './commands/maintain.js';
import { open } from './commands/open.js';
import { plan } from './commands/plan.js';
import { publish } from './commands/publish.js';
import { quarantine } from './commands/quarantine.js';
import { quality } from './commands/quality.js';
import { query } from './commands/query.js';
import { report } from './commands/report.js';
import { rollback } from './commands/rollback.js';
import { run } from './commands/run.js';
import { status } from './commands/status.js';
import { test } from './commands/test.js';
import { up } from './commands/up.js';
import type { Context } from './context.js';

function adopt(parent: Command, child: Command): void {
  child.copyInheritedSettings(parent);
  for (const grandchild of child.commands) {
    adopt(child, grandchild);
  }
}

/** The whole command line. */
export function createProgram(context: Context): Command {
  const program = new Command('lakehouse')
    .usage('<command> [options]')
    .description('A lakehouse in which data reaches a dashboard only after it has passed its contract.')
    .version(context.version, '--version', 'show the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        context.terminal.print(text.trimEnd());
      },
      writeErr: (text) => {
        context.terminal.note(text.trimEnd());
      },
    })
    .showHelpAfterError('Add --help for what is possible.')
    .addHelpText(
      'after',
      `
Start here:
  ./lakehouse demo                        a whole domain, from its sources to a report
  ./lakehouse init-domain sales           files of a domain of your own
  ./lakehouse compile && ./lakehouse run sales

Exit codes: 0 done, 1 problems in files or a failed audit, 2 wrong usage, 3 failed, 4 another run holds the domain, 130 interrupted.`,
    );
  const commands = [
    ...[demo, compile, plan, apply, run, backfill, rollback, contract, status, query, quality, incident],
    ...[audit, publish, batch, quarantine, report],
    ...[up, down, logs, doctor, dags, open, bi],
    ...[maintain, initDomain, test, bench, completion],
  ];
  for (const create of commands) {
    const command = create(context);
    adopt(program, command);
    program.addCommand(command);
  }
  return program;
}
