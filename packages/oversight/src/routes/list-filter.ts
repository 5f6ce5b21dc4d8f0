import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { filterBody } from '../api/oversight.js';
import { listFilterItems } from '../queries.js';
import type { OversightDeps } from './oversight-deps.js';

/** `GET /oversight/filter`: what the filter team has, by name, and how it ruled. */
export const listFilterRoute =
  ({ db }: OversightDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get('/oversight/filter', { schema: { response: { 200: filterBody } } }, async () => ({
      items: await listFilterItems(db),
    }));
  };
