export { composeDocument } from './composeDocument.js';
export { composeValue } from './composeValue.js';
export {
  type Awaited,
  type HealthCheck,
  type Joined,
  type Mount,
  type PublishedPort,
  type RequiredVariable,
  type Service,
  type Stack,
  type Value,
  type Variable,
} from './service.js';
export { stackProblems } from './stackProblems.js';
