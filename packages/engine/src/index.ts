export type { Engine, Job, JobStatus, Queue, Workflow } from './engine.js';
export { EngineError, type EngineErrorCode } from './engine-error.js';
export { type EngineOptions, openEngine } from './open-engine.js';
