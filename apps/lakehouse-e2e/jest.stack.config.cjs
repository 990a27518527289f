const shared = require('../../jest.shared.cjs')(__dirname);

/** Tests on the running platform: one for all of them, brought up before the first and ended after the last. */
module.exports = {
  ...shared,
  displayName: 'stack',
  testMatch: ['<rootDir>/src/stack/stack.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  maxWorkers: 1,
};
