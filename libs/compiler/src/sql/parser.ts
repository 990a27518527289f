import './baselineCompiler.js';

export { Dialect, init, parse, tokenize } from '@polyglot-sql/sdk';
