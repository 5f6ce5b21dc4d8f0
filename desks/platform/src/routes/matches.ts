import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf } from '@tutela/http';
import { Type } from 'typebox';
import type { Platform } from '../platform.js';
import type { Match } from '../queries/matches.js';
import { problem } from './uploads.js';

const states = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('confirmed'),
  Type.Literal('dismissed'),
  Type.Literal('all'),
]);
const query = Type.Object({
  state: Type.Optional(states),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  before: Type.Optional(Type.String({ format: 'uuid' })),
});
const params = Type.Object({ id: Type.String({ format: 'uuid' }) });
const decision = Type.Object({
  decision: Type.Union([Type.Literal('confirmed'), Type.Literal('dismissed')]),
  reason: Type.String({ minLength: 1, maxLength: 3000 }),
});

export const matchRoutes =
  (platform: Platform): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/platform/matches', { schema: { querystring: query } }, async ({ query: { state, limit, before } }) => {
      const page = { state: state ?? ('waiting' as const), limit: limit ?? 100 };
      const matches = await platform.listMatches({ ...page, ...(before === undefined ? {} : { before }) });
      return { matches: matches.map(shown) };
    });

    app.post('/platform/matches/:id/decision', { schema: { params, body: decision } }, async (request, reply) => {
      const asked = { match: request.params.id, ...request.body, actor: personOf(request) };
      const outcome = await platform.decide(asked);
      if (outcome.kind === 'done') return outcome.value;
      const status = outcome.reason.code === 'no-such-match' ? 404 : 409;
      return reply.code(status).send(problem(outcome.reason.code, outcome.reason.message));
    });
  };

const shown = ({ sha256, sha1, md5, ...match }: Match) => ({
  ...match,
  sha256: sha256.toString('hex'),
  sha1: sha1.toString('hex'),
  md5: md5.toString('hex'),
});
