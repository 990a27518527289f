import { Command } from 'commander';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { renderContractDiff } from '../render/contractDiff.js';
import { renderProblems } from '../render/problems.js';
import { compareContracts } from '../runtime/compareContracts.js';
import { readDomainFiles } from '../workspace/domainFiles.js';
import { contractsAt } from '../workspace/git.js';

interface Options {
  readonly json?: boolean;
}

async function diffCommand(context: Context, ref: string, options: Options): Promise<void> {
  const { terminal, workspace } = context;
  const files = await readDomainFiles(workspace.root, workspace.domains);
  const { differences, problems } = compareContracts(
    await contractsAt(workspace.root, workspace.domains, ref),
    files.filter(({ path }) => path.includes('/contracts/')),
  );
  const found = [...problems, ...differences.flatMap(({ problem }) => (problem === null ? [] : [problem]))];
  if (found.length > 0) {
    context.finish(exitCode.problems);
  }
  if (options.json === true) {
    terminal.print(JSON.stringify({ ref, differences, problems }, null, 2));
    return;
  }
  if (problems.length === 0) {
    terminal.print(renderContractDiff(differences, ref, terminal.style));
  }
  if (found.length > 0) {
    terminal.print(`\n${renderProblems(found, terminal.style)}`);
  }
}

/** `lakehouse contract diff` */
export function contract(context: Context): Command {
  const diff = new Command('diff')
    .summary('compare the contracts with those at a git ref')
    .description(
      'Says per table and column what is breaking, compatible or documentation for those who read the table.\nA breaking change needs a higher major version, a compatible one a minor, documentation a patch; exit code 1 where it did not rise.',
    )
    .argument('[ref]', 'commit, branch or tag', 'main')
    .option('--json', 'answer as JSON')
    .addHelpText('after', '\nExamples:\n  ./lakehouse contract diff\n  ./lakehouse contract diff HEAD~3 --json')
    .action((ref: string, options: Options) => diffCommand(context, ref, options));
  return new Command('contract')
    .summary('work with contracts')
    .description('Works with the contracts of the domains.')
    .addCommand(diff)
    .addHelpText('after', '\nExamples:\n  ./lakehouse contract diff main');
}
