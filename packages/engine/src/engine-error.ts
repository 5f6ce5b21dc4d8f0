import { CodedError } from '@tutela/core';

export type EngineErrorCode = 'executor-in-use' | 'unknown-workflow' | 'already-open';

export class EngineError extends CodedError<EngineErrorCode> {}
