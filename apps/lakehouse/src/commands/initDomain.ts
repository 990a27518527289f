import { Command } from 'commander';
import { join } from 'node:path';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { domainTemplate } from '../render/domainTemplate.js';
import { writeDomain } from '../workspace/newDomain.js';

async function initDomainCommand(context: Context, name: string): Promise<void> {
  const { terminal, workspace } = context;
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Failure(
      'LH3029',
      name,
      'This cannot be the name of a domain.',
      'Use lower-case letters, digits and underscores, and begin with a letter, such as `sales`.',
      exitCode.usage,
    );
  }
  const files = domainTemplate(name);
  await writeDomain(join(workspace.domains, name), files);
  const { style } = terminal;
  terminal.print(
    [
      `${style.green('✓')} The domain ${style.bold(name)} works as it is:`,
      ...files.map(({ path }) => `  libs/domains/${name}/${path}`),
      '',
      `Run it:    ./lakehouse run ${name}`,
      `Look:      ./lakehouse query "select * from gold.${name}_revenue_by_day"`,
      `Then change the files to your data; ./lakehouse compile names every mistake.`,
    ].join('\n'),
  );
}

/** `lakehouse init-domain` */
export function initDomain(context: Context): Command {
  return new Command('init-domain')
    .summary('write the files of a small domain that runs as it is')
    .description(
      'Writes a source with a sample, a silver and a gold contract, a model and a dashboard under libs/domains/NAME.\nAsks nothing and overwrites nothing.',
    )
    .argument('<name>', 'lower-case letters, digits and underscores')
    .addHelpText('after', '\nExamples:\n  ./lakehouse init-domain sales && ./lakehouse run sales')
    .action((name: string) => initDomainCommand(context, name));
}
