export { nodeDeps } from './node-deps.js';
export { openPackage } from './open-package.js';
export { type TrustFlags, trustOfFlags } from './trust-files.js';
export { verifyPath } from './verify-path.js';
