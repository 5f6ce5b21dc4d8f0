import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { packageParams, verifiedBody } from '../../api/package.js';
import { packagesOf, type RouteDeps } from '../route-deps.js';

/** `POST /investigator/packages/:name/verify`: reads the whole package and says what is at fault. Changes nothing. */
export const verifyPackageRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: packageParams, response: { 200: verifiedBody } };
    server.post('/investigator/packages/:name/verify', { schema }, async ({ params }, reply) => {
      const report = await packagesOf(deps).verify(params.name);
      return report.kind === 'done' ? (report.value as never) : refuse(reply, report.reason);
    });
  };
