import { Command } from 'commander';
import { resolve } from 'node:path';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { renderCompiled } from '../render/compiled.js';
import { renderPath } from '../render/path.js';
import { renderProblems } from '../render/problems.js';
import { analyse } from '../runtime/analyse.js';
import { compileWorkspace } from '../workspace/compileWorkspace.js';
import { storePlan } from '../workspace/plans.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly spark?: boolean;
  readonly json?: boolean;
  readonly domains?: string;
  readonly home?: string;
}

async function compileCommand(outer: Context, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { workspace, terminal } = context;
  const domains = options.domains === undefined ? workspace.domains : resolve(options.domains);
  const { plan, problems: found, seconds } = await compileWorkspace(workspace.root, domains);
  const file = plan === null ? null : await storePlan(workspace.home, plan);
  const analysed = plan !== null && file !== null && options.spark === true ? await analyse(context, plan, file) : null;
  const problems = [...found, ...(analysed ?? [])];
  if (problems.some(({ severity }) => severity === 'error')) {
    context.finish(exitCode.problems);
  }
  if (options.json === true) {
    terminal.print(JSON.stringify({ plan: plan?.hash ?? null, file, problems }, null, 2));
    return;
  }
  if (problems.length > 0) {
    terminal.print(renderProblems(problems, terminal.style));
  }
  if (plan !== null && file !== null) {
    terminal.print(renderCompiled(plan, renderPath(file), seconds, analysed?.length === 0, terminal.style));
  }
}

/** `lakehouse compile` */
export function compile(context: Context): Command {
  return new Command('compile')
    .summary('check all contracts, models and dashboards, and write the plan')
    .description(
      'Reads every domain, lists every problem with its file, line, code and fix, and writes the plan.\nExit code 1 where a problem is an error.',
    )
    .option('--spark', 'also let Spark analyse every model over empty tables')
    .option('--domains <dir>', 'folder of the domains (default: libs/domains)')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse compile
  ./lakehouse compile --spark
  ./lakehouse compile --json | jq -r '.problems[] | "\\(.file):\\(.line) \\(.code)"'`,
    )
    .action((options: Options) => compileCommand(context, options));
}
