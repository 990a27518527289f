export { Failure } from './failure.js';
export { readSecret } from './readSecret.js';
export { readSettings } from './readSettings.js';
export { reason } from './reason.js';
export { runProgram } from './runProgram.js';
