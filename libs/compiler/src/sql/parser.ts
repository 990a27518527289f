import { setFlagsFromString } from 'node:v8';
import type * as Sdk from '@polyglot-sql/sdk';

type Library = typeof Sdk;

/** The library is 22 MB of WebAssembly, so it is loaded once and only where SQL is read. */
let library: Library | null = null;

/** Loads the SQL parser, which everything else in this module needs. */
export async function init(): Promise<void> {
  if (library) return;
  // V8 would spend more CPU on optimising the parser than a whole compile needs: 1.1 s for the models of 200 tables,
  // a third of it without. Most of its functions are never called, so most need no validation either.
  setFlagsFromString('--liftoff-only');
  setFlagsFromString('--wasm-lazy-validation');
  const loaded = await import('@polyglot-sql/sdk');
  await loaded.init();
  library = loaded;
}

/** The tree of a Spark SQL text. */
export function parseSql(text: string): Sdk.ParseResult {
  const { parse, Dialect } = loadedLibrary();
  return parse(text, Dialect.Spark);
}

/** The tokens of a Spark SQL text. The library's type of the result differs from what it returns. */
export function tokenizeSql(text: string): unknown {
  const { tokenize, Dialect } = loadedLibrary();
  return tokenize(text, Dialect.Spark);
}

function loadedLibrary(): Library {
  if (!library) throw new Error('The SQL parser is not loaded: await init(), or compile() first.');
  return library;
}
