export * from './oversight.js';
export * from './policy.js';
