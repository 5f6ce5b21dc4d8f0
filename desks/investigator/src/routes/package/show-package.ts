import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { packageBody, packageParams } from '../../api/package.js';
import { packageView } from '../../package/package-view.js';
import { findPackage } from '../../package/queries.js';
import type { RouteDeps } from '../route-deps.js';

/** `GET /investigator/packages/:name`: how it stands; never what a package holds. */
export const showPackageRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: packageParams, response: { 200: packageBody } };
    server.get('/investigator/packages/:name', { schema }, async ({ params }, reply) => {
      const row = await findPackage(db, { package: params.name });
      if (row !== undefined) return packageView(row);
      return refuse(reply, { code: 'package-unknown', message: `there is no package ${params.name}` });
    });
  };
