import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { packageBody, packageExport, packageParams } from '../../api/package.js';
import { packageView } from '../../package/package-view.js';
import { packagesOf, type RouteDeps } from '../route-deps.js';

/** `POST /investigator/packages/:name/export`: hands an approved package to whoever works; again, it is the same export. */
export const exportPackageRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: packageParams, body: packageExport, response: { 200: packageBody } };
    server.post('/investigator/packages/:name/export', { schema }, async (request, reply) => {
      const asked = { name: request.params.name, by: personOf(request), ...request.body };
      const started = await packagesOf(deps).startExport(asked);
      return started.kind === 'done' ? packageView(started.value) : refuse(reply, started.reason);
    });
  };
