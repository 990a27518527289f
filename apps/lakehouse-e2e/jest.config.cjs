const shared = require('../../jest.shared.cjs')(__dirname);

/** What is tested on the running platform has a configuration of its own. */
module.exports = { ...shared, testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '/src/stack/'] };
