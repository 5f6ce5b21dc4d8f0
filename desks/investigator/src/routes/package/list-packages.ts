import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { packagesBody, packagesQuery } from '../../api/package.js';
import { packageView } from '../../package/package-view.js';
import { listPackages } from '../../package/queries.js';
import type { RouteDeps } from '../route-deps.js';

/** `GET /investigator/packages`: what was drafted and what became of it, newest first. */
export const listPackagesRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { querystring: packagesQuery, response: { 200: packagesBody } };
    server.get('/investigator/packages', { schema }, async ({ query: { case: caseRef, limit = 50 } }) => ({
      packages: (await listPackages(db, { caseRef, limit })).map(packageView),
    }));
  };
