import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** RFC 9457. It carries ids and names of ours, never what was sent or stored. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  /** For programs; from a closed set of ours or of Fastify (`FST_ERR_…`). */
  readonly code: string;
  /** `urn:uuid:` and the id of the request, under which the log has it. */
  readonly instance: string;
  /** What a request that fits no schema violates: places in our schema, such as `#/properties/limit/maximum`. */
  readonly violates?: readonly string[];
}

export const problemOf = (status: number, code: string, requestId: string): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  code,
  instance: `urn:uuid:${requestId}`,
});

export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply =>
  // As bytes, since a route's schema for its answers is not one for problems.
  reply
    .code(problem.status)
    .type('application/problem+json')
    .serializer((text: string) => text)
    .send(JSON.stringify(problem));

export interface ErrorHandlerDeps {
  readonly log: (line: string) => void;
}

/** A fault of the request is told by its code; one of ours is a 500 that says nothing, and one line in the log. */
export const errorHandler =
  ({ log }: ErrorHandlerDeps) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const status = error.statusCode ?? 500;
    if (error.validation !== undefined) {
      const violates = error.validation.map(({ schemaPath }) => schemaPath);
      return sendProblem(reply, { ...problemOf(400, 'invalid-request', request.id), violates });
    }
    if (status >= 400 && status < 500) {
      return sendProblem(reply, problemOf(status, error.code ?? 'bad-request', request.id));
    }
    const name = [error.name, error.code].filter((word) => word !== undefined && word !== '').join(' ');
    log(`request ${request.id}: ${request.method} ${request.routeOptions.url ?? '(no route)'} ended in ${name}`);
    return sendProblem(reply, problemOf(500, 'internal', request.id));
  };
