import { Command } from 'commander';
import { join } from 'node:path';
import type { Context } from '../context.js';
import { runForeground } from '../runtime/foreground.js';

/** `lakehouse test` */
export function test(context: Context): Command {
  return new Command('test')
    .summary('run all tests of this workspace')
    .description('Runs all checks and tests of the workspace, or those of the kinds that are named.')
    .argument('[kinds...]', 'format, lint, sync, typecheck, mypy, jest, pytest, stack')
    .option(
      '--all',
      'also what takes long: ten times the examples of the properties that run on Spark, faults on the platform',
    )
    .addHelpText('after', '\nExamples:\n  ./lakehouse test\n  ./lakehouse test lint jest\n  ./lakehouse test --all')
    .action(async (kinds: string[], options: { readonly all?: true }) => {
      const { workspace } = context;
      const entry = join(workspace.root, 'tools', 'test', 'src', 'main.ts');
      context.finish(
        await runForeground({
          command: process.execPath,
          arguments: [
            '--conditions=@lakehouse/source',
            '--import',
            'tsx',
            entry,
            ...kinds,
            ...(options.all ? ['--all'] : []),
          ],
          folder: workspace.root,
          environment: workspace.environment,
        }),
      );
    });
}
