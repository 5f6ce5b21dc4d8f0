export * from './coverage.js';
export * from './log.js';
export * from './order.js';
export * from './readiness.js';
export * from './shape.js';
