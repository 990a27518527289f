import { execFileSync } from 'node:child_process';
import { renderCompletion } from './completion.js';

const nodes = [
  {
    path: [],
    words: [
      { word: 'run', description: "it's a run" },
      { word: 'contract', description: 'contracts: all' },
    ],
    domains: false,
  },
  { path: ['run'], words: [{ word: '--until', description: 'stop' }], domains: false },
  { path: ['contract'], words: [{ word: 'diff', description: 'compare' }], domains: false },
  { path: ['contract', 'diff'], words: [{ word: '--json', description: 'as JSON' }], domains: false },
];

function completeInBash(words: readonly string[]): string {
  const script = `${renderCompletion('bash', nodes)}
COMP_WORDS=(lakehouse ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${String(words.length)}
_lakehouse
echo "\${COMPREPLY[*]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim();
}

describe('completion', () => {
  it.each([
    [[''], 'run contract'],
    [['con'], 'contract'],
    [['run', ''], '--until'],
    [['run', 'flights', '--u'], '--until'],
    [['contract', ''], 'diff'],
    [['contract', 'diff', '--'], '--json'],
  ])('in bash after %j', (words, expected) => {
    expect(completeInBash(words)).toBe(expected);
  });

  it('escapes descriptions for zsh and fish', () => {
    expect(renderCompletion('zsh', nodes)).toContain("'run:it'\\''s a run' 'contract:contracts\\: all'");
    expect(renderCompletion('fish', nodes)).toContain("-a run -d 'it'\\''s a run'");
  });
});
