import nx from '@nx/eslint-plugin';
import { globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import boundaries from './tools/nx-plugin/boundaries.json' with { type: 'json' };

const depConstraints = Object.entries(boundaries).map(([sourceTag, onlyDependOnLibsWithTags]) => ({
  sourceTag,
  onlyDependOnLibsWithTags,
}));

export default [
  globalIgnores([
    '**/dist/**',
    '**/node_modules/**',
    '.nx/**',
    '.venv/**',
    '.venv-airflow/**',
    '.lakehouse/**',
    '**/*.cjs',
    'eslint.config.mjs',
  ]),
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'ExportAllDeclaration', message: 'Name each export.' },
      ],
    },
  },
  {
    // Jest's matchers, such as expect.stringContaining, are typed any.
    files: ['**/*.spec.ts', 'apps/lakehouse-e2e/src/stack/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-argument': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, depConstraints }] },
  },
];
