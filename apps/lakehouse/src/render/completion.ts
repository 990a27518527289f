/** What may follow a command: its subcommands and options. */
export interface CompletionNode {
  /** The words before it: none for the program, `['contract', 'diff']` for a subcommand. */
  readonly path: readonly string[];
  readonly words: readonly { readonly word: string; readonly description: string }[];
  /** Names of domains may follow. */
  readonly domains: boolean;
}

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const domainWords = '$(cd libs/domains 2>/dev/null && ls -d -- */ 2>/dev/null | tr -d /)';

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function pathWalk(nodes: readonly CompletionNode[], words: string): readonly string[] {
  const paths = nodes.filter(({ path }) => path.length > 0).map(({ path }) => quoted(` ${path.join(' ')}`));
  return [
    '  local trail="" word',
    `  for word in ${words}; do`,
    '    case "$trail $word" in',
    `      ${paths.join('|')}) trail="$trail $word" ;;`,
    '    esac',
    '  done',
  ];
}

function key(node: CompletionNode): string {
  return quoted(node.path.map((word) => ` ${word}`).join(''));
}

function bash(nodes: readonly CompletionNode[]): string {
  return [
    '_lakehouse() {',
    '  local words="" current="${COMP_WORDS[COMP_CWORD]}"',
    ...pathWalk(nodes, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"'),
    '  case "$trail" in',
    ...nodes.map(
      (node) =>
        `    ${key(node)}) words="${[...node.words.map(({ word }) => word), ...(node.domains ? [domainWords] : [])].join(' ')}" ;;`,
    ),
    '  esac',
    '  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")',
    '}',
    'complete -F _lakehouse lakehouse ./lakehouse',
  ].join('\n');
}

function zsh(nodes: readonly CompletionNode[]): string {
  const described = (node: CompletionNode): string =>
    node.words.map(({ word, description }) => quoted(`${word}:${description.replaceAll(':', '\\:')}`)).join(' ');
  return [
    '#compdef lakehouse ./lakehouse',
    '_lakehouse() {',
    '  local -a choices',
    ...pathWalk(nodes, '"${words[@]:1:$((CURRENT-2))}"'),
    '  case "$trail" in',
    ...nodes.map((node) => `    ${key(node)}) choices=(${described(node)}${node.domains ? ` ${domainWords}` : ''}) ;;`),
    '  esac',
    "  _describe 'lakehouse' choices",
    '}',
    'compdef _lakehouse lakehouse ./lakehouse',
  ].join('\n');
}

function fish(nodes: readonly CompletionNode[]): string {
  const subcommands = nodes.filter(({ path }) => path.length === 1).map(({ path }) => path.join(''));
  const lines = nodes.flatMap((node) => {
    const condition =
      node.path.length === 0
        ? `not __fish_seen_subcommand_from ${subcommands.join(' ')}`
        : node.path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const start = `complete -c lakehouse -f -n ${quoted(condition)}`;
    return [
      ...node.words.map(({ word, description }) =>
        word.startsWith('--')
          ? `${start} -l ${word.slice(2)} -d ${quoted(description)}`
          : `${start} -a ${word} -d ${quoted(description)}`,
      ),
      ...(node.domains ? [`${start} -a '(cd libs/domains 2>/dev/null; and path basename */)' -d domain`] : []),
    ];
  });
  return lines.join('\n');
}

/** A completion script for a shell. */
export function renderCompletion(shell: Shell, nodes: readonly CompletionNode[]): string {
  switch (shell) {
    case 'bash':
      return bash(nodes);
    case 'zsh':
      return zsh(nodes);
    case 'fish':
      return fish(nodes);
  }
}
