export { compile, type Compiled } from './compile.js';
export { explainPlanChange, type TableChange } from './explainPlanChange.js';
export { generateWorkspace } from './bench/generateWorkspace.js';
export type { SourceFile } from './text/problemIn.js';
