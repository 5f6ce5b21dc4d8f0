import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { dueDeadlines } from '@tutela/policy/postgres';
import { deadlinesBody, deadlinesQuery } from '../api/oversight.js';
import type { OversightDeps } from './oversight-deps.js';

/** `GET /oversight/deadlines?days=`: of all cases, earliest first. */
export const listDeadlinesRoute =
  ({ db, clock }: OversightDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { querystring: deadlinesQuery, response: { 200: deadlinesBody } };
    server.get('/oversight/deadlines', { schema }, async ({ query }) => ({
      deadlines: [...(await dueDeadlines(db, clock.now(), query.days ?? 30))],
    }));
  };
