import { Argument, Command } from 'commander';
import type { Context } from '../context.js';
import { renderCompletion, shells, type CompletionNode, type Shell } from '../render/completion.js';

function nodesOf(command: Command, path: readonly string[]): readonly CompletionNode[] {
  const options = command.createHelp().visibleOptions(command);
  const node: CompletionNode = {
    path,
    words: [
      ...command.commands.map((child) => ({ word: child.name(), description: child.summary() })),
      ...options.flatMap((option) =>
        option.long === undefined ? [] : [{ word: option.long, description: option.description }],
      ),
    ],
    domains: command.registeredArguments.some((argument) => /^domains?$/.test(argument.name())),
  };
  return [node, ...command.commands.flatMap((child) => nodesOf(child, [...path, child.name()]))];
}

/** `lakehouse completion` */
export function completion(context: Context): Command {
  const self = new Command('completion');
  return self
    .summary('print a completion script for your shell')
    .description('Prints a script that completes commands, options and domains.')
    .addArgument(new Argument('<shell>', 'your shell').choices(shells))
    .addHelpText(
      'after',
      `
Examples:
  source <(./lakehouse completion bash)
  ./lakehouse completion zsh > ~/.zfunc/_lakehouse
  ./lakehouse completion fish > ~/.config/fish/completions/lakehouse.fish`,
    )
    .action((shell: Shell) => {
      context.terminal.print(renderCompletion(shell, self.parent === null ? [] : nodesOf(self.parent, [])));
    });
}
