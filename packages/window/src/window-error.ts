import { CodedError } from '@tutela/core';

export type WindowErrorCode = 'malformed-cursor';

/** A window that cannot be read. Fastify takes the status from it. */
export class WindowError extends CodedError<WindowErrorCode> {
  readonly statusCode = 400;
}
