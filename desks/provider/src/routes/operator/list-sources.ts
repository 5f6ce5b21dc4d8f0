import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { sourcesBody } from '../../api/log.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { sourcesShown } from '../../source/show-sources.js';

/** `GET /provider/sources`: what was declared of each exporter. */
export const listSourcesRoute =
  ({ db }: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get('/provider/sources', { schema: { response: { 200: sourcesBody } } }, async () => ({
      sources: (await sourcesShown(db)).map((source) => ({ ...source, pools: [...source.pools] })),
    }));
  };
