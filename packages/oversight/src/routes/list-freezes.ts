import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { freezesBody } from '../api/oversight.js';
import { listFreezes } from '../queries.js';
import type { OversightDeps } from './oversight-deps.js';

/** `GET /oversight/freezes`: what was stopped, and under which authority it goes on. */
export const listFreezesRoute =
  ({ db }: OversightDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get('/oversight/freezes', { schema: { response: { 200: freezesBody } } }, async () => ({
      freezes: await listFreezes(db),
    }));
  };
