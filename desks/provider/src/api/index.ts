export * from './log.js';
export * from './order.js';
export * from './shape.js';
