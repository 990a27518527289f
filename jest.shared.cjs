const { basename } = require('node:path');

/** Packages published as ES modules only, which Jest's CommonJS runtime needs transformed. */
const esModules = [
  'ansi-escapes',
  'ansi-regex',
  'ansi-styles',
  'cli-cursor',
  'd3-format',
  'environment',
  'get-east-asian-width',
  'is-fullwidth-code-point',
  'log-update',
  'mimic-function',
  'onetime',
  'restore-cursor',
  'signal-exit',
  'slice-ansi',
  'string-width',
  'strip-ansi',
  'wrap-ansi',
];

/** Jest for one project: TypeScript from source, workspace libraries too, nothing built before. */
module.exports = (projectFolder) => ({
  displayName: basename(projectFolder),
  rootDir: projectFolder,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testEnvironmentOptions: { customExportConditions: ['@lakehouse/source', 'node', 'require', 'default'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
});
