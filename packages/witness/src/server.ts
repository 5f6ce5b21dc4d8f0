import { createHash } from 'node:crypto';
import { largestAddCheckpoint, sizeMediaType } from '@tutela/ledger';
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify';
import type { Witness, WitnessAnswer, WitnessDeps, WitnessFault } from './witness.js';

export interface WitnessServerDeps extends Pick<WitnessDeps, 'logs' | 'heads'> {
  readonly witness: Witness;
  /** Told of each answer to `add-checkpoint`, before it leaves. */
  readonly onAnswer?: (answer: WitnessAnswer) => void;
  /** Told of what broke; the log is answered 500 and asks again. */
  readonly onTrouble?: (error: unknown) => void;
}

const statusOf: Readonly<Record<WitnessFault, number>> = {
  'malformed-request': 400,
  'unknown-log': 404,
  unsigned: 403,
  inconsistent: 422,
};

const text = 'text/plain; charset=utf-8';
/** Milliseconds for a whole request: it is small, and who sends it slowly means no good. */
const requestTimeout = 30_000;

/**
 * C2SP tlog-witness over HTTP, not yet listening: `POST /add-checkpoint`, and `GET /<origin hash>/checkpoint` for whoever
 * wants to know what the witness has seen.
 */
export const createWitnessServer = (deps: WitnessServerDeps): FastifyInstance => {
  const server = fastify({ bodyLimit: largestAddCheckpoint, requestTimeout });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, parsed) => parsed(null, body));
  server.setErrorHandler(async (error: { readonly statusCode?: number; readonly message: string }, _, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) deps.onTrouble?.(error);
    return reply
      .code(status)
      .type(text)
      .send(status >= 500 ? 'the witness broke off\n' : `${error.message}\n`);
  });
  server.setNotFoundHandler(async (_, reply) => reply.code(404).type(text).send('no such page\n'));
  server.post('/add-checkpoint', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const answer = await deps.witness.addCheckpoint(body);
    deps.onAnswer?.(answer);
    return sendAnswer(reply, answer);
  });
  server.get<{ Params: { readonly hash: string } }>('/:hash/checkpoint', async ({ params }, reply) => {
    const log = (await deps.logs()).find(({ name }) => hashOf(name) === params.hash);
    const head = log && (await deps.heads.newest(log.name));
    if (head === undefined) return reply.code(404).type(text).send('nothing of that log was cosigned here\n');
    return reply.type(text).send(head.note);
  });
  return server;
};

const sendAnswer = (reply: FastifyReply, answer: WitnessAnswer): FastifyReply => {
  switch (answer.kind) {
    case 'cosigned':
      return reply.type(text).send(answer.line);
    case 'elsewhere':
      return reply.code(409).header('content-type', sizeMediaType).send(`${answer.size}\n`);
    case 'refused':
      return reply.code(statusOf[answer.reason.code]).type(text).send(`${answer.reason.message}\n`);
  }
};

const hashOf = (origin: string): string => createHash('sha256').update(origin, 'utf8').digest('hex');
