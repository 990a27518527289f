export { composeFiles, partNames, type ComposeFile, type PartName } from './composeFiles.js';
export { objectStoreRoot, objectStoreSettings } from './objectStoreSettings.js';
export { memoryOf, profiles, type Profile, type ProfileName } from './profiles.js';
export { incidentWebhook, profileSettings, publishedAddress, publishedPorts, valueOf } from './settings.js';
export { stack } from './stack.js';
