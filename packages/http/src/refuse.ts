import { STATUS_CODES } from 'node:http';
import type { Reason } from '@tutela/core';
import type { FastifyReply } from 'fastify';

/**
 * Ends a request that was understood and is not done (RFC 9457): the code for programs and catalogues, the sentence of
 * the outcome for people. 404 for what is not here, 403 for a person who is nobody here, 422 for a form, 409 else.
 * @returns the reply, as whatever the route answers with
 */
export const refuse = (reply: FastifyReply, { code, message }: Reason): never => {
  const status = statusOf(code);
  const problem = { type: 'about:blank', title: STATUS_CODES[status], status, code, detail: message };
  // As bytes, since a route's schema for its answers is not one for problems.
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer((text: string) => text)
    .send(JSON.stringify(problem)) as never;
};

const statusOf = (code: string): 403 | 404 | 409 | 422 => {
  if (code === 'person-unknown' || code === 'role') return 403;
  if (/^(unknown|no-such)-|-(unknown|not-kept)$/.test(code)) return 404;
  return code.startsWith('malformed-') ? 422 : 409;
};
