import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { providersBody } from '../../api/order.js';
import { listProviders } from '../../orders/queries.js';
import type { RouteDeps } from '../route-deps.js';
import { camel } from '../told.js';

/** `GET /investigator/providers`: whom to ask, and how. */
export const listProvidersRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get('/investigator/providers', { schema: { response: { 200: providersBody } } }, async () => ({
      providers: (await listProviders(db)).map(camel),
    }));
  };
