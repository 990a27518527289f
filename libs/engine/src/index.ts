export { collectContext, type ContextFile } from './context.js';
export { connectEngine, EngineError } from './connectEngine.js';
export { ensureImage, type EnsuredImage, type ImageRequest } from './ensureImage.js';
