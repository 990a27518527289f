export { envFile, isEnvValue } from './envFile.js';
export { hadoopXml } from './hadoopXml.js';
export { javaProperties } from './javaProperties.js';
export { type Properties } from './properties.js';
export { yamlDocument } from './yamlDocument.js';
