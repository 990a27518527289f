export { connectEngine, EngineError } from './connectEngine.js';
export { ensureImage, type EnsuredImage, type ImageRequest } from './ensureImage.js';
