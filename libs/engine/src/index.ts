export { collectContext, type ContextFile } from './context.js';
export { contextDigest } from './contextDigest.js';
export { connectEngine, EngineError } from './connectEngine.js';
export { ensureImage, type EnsuredImage, type ImageRequest } from './ensureImage.js';
