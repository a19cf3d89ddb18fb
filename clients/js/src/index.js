export { indexedDbStorage } from './indexed-db-storage.js';
export { createMobileAuth } from './mobile-auth.js';
export { installOnegini } from './onegini.js';
export { memoryStorage } from './storage.js';
