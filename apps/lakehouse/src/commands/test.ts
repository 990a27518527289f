import { Command } from 'commander';
import { join } from 'node:path';
import type { Context } from '../context.js';
import { runForeground } from '../runtime/foreground.js';

/** `lakehouse test` */
export function test(context: Context): Command {
  return new Command('test')
    .summary('run all tests of this workspace')
    .description('Runs the tests of every project; arguments are handed on.')
    .argument('[arguments...]', 'handed to the test runner')
    .allowUnknownOption()
    .addHelpText('after', '\nExamples:\n  ./lakehouse test')
    .action(async (extra: string[]) => {
      const { workspace } = context;
      const entry = join(workspace.root, 'tools', 'test', 'src', 'main.ts');
      context.finish(
        await runForeground({
          command: process.execPath,
          arguments: ['--conditions=@lakehouse/source', '--import', 'tsx', entry, ...extra],
          folder: workspace.root,
          environment: workspace.environment,
        }),
      );
    });
}
