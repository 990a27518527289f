import { Command } from 'commander';
import type { Context } from '../context.js';
import { runForeground } from '../runtime/foreground.js';

/** `lakehouse bench` */
export function bench(context: Context): Command {
  return new Command('bench')
    .summary('measure the lakehouse on this machine')
    .description(
      'Measures incremental runs against full loads and plain PySpark; prints ratios with the machine and the commit.',
    )
    .argument('[arguments...]', 'handed to the bench')
    .allowUnknownOption()
    .addHelpText('after', '\nExamples:\n  ./lakehouse bench')
    .action(async (extra: string[]) => {
      const { workspace } = context;
      context.finish(
        await runForeground({
          command: workspace.python,
          arguments: ['-m', 'lakehouse_bench', ...extra],
          folder: workspace.root,
          environment: workspace.environment,
        }),
      );
    });
}
