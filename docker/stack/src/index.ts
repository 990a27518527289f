export { memoryOf, profiles, type Profile, type ProfileName } from './profiles.js';
export { publishedPorts, profileSettings } from './settings.js';
export { stack } from './stack.js';
