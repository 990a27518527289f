import { setFlagsFromString } from 'node:v8';

// Imported before the parser: V8 would spend more CPU on optimising its 22 MB of WebAssembly than a whole compile needs
// (1.1 s for the models of 200 tables, a third of it without).
setFlagsFromString('--liftoff-only');
