export { nodeDeps } from './node-deps.js';
export { openPackage } from './open-package.js';
export { verifyPath } from './verify-path.js';
