export { addressOf, endpoints, urlOf, type Endpoint } from './endpoints.js';
export {
  airflowSecrets,
  airflowUser,
  databaseRoles,
  objectStoreIdentities,
  queryUsers,
  secretNames,
  sparkSecrets,
  supersetIdentity,
} from './identities.js';
