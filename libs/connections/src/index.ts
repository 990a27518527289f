export { addressOf, endpoints, urlOf, type Endpoint } from './endpoints.js';
export { databaseRoles, objectStoreIdentities, queryUsers, secretNames, sparkSecrets } from './identities.js';
