export * from '../view/report-body.js';
export * from './archive.js';
export * from './case.js';
export * from './order.js';
export * from './package.js';
export * from './seizure.js';
export * from './service.js';
export * from './shape.js';
