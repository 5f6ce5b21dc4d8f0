import { CodedError } from '@tutela/core';

export type HttpErrorCode = 'actor-needed' | 'actor-malformed';

/** A request that cannot be answered. Fastify takes the status from it, the node's error handler the code. */
export class HttpError extends CodedError<HttpErrorCode> {
  readonly statusCode = 400;
}
