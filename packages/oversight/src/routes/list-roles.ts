import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { rolesBody } from '../api/oversight.js';
import { listRoles } from '../queries.js';
import type { OversightDeps } from './oversight-deps.js';

/** `GET /oversight/roles`: who has which role in which case now. */
export const listRolesRoute =
  ({ db }: OversightDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get('/oversight/roles', { schema: { response: { 200: rolesBody } } }, async () => ({
      roles: await listRoles(db),
    }));
  };
