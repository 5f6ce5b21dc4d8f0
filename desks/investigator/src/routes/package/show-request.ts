import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ExportContent } from '@tutela/evidence';
import { refuse } from '@tutela/http';
import { findRequest } from '@tutela/policy/postgres';
import { packageParams, packageRequestBody } from '../../api/package.js';
import { findPackage } from '../../package/queries.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/packages/:name/request`: what is in and out of it, each with its reason, and who approved exactly that. */
export const showRequestRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: packageParams, response: { 200: packageRequestBody } };
    server.get('/investigator/packages/:name/request', { schema }, async ({ params }, reply) => {
      const row = await findPackage(db, { package: params.name });
      const found = row && (await findRequest(db, row.request));
      if (found === undefined)
        return refuse(reply, { code: 'package-unknown', message: `there is no package ${params.name}` });
      const { request, state, needed, approvals, refusedBy } = found;
      const { items, exclusions, recipients } = request.content as unknown as ExportContent;
      return {
        request: found.digest,
        state,
        needed,
        requestedBy: request.requestedBy,
        requestedAt: request.requestedAt,
        expiresAt: request.expiresAt,
        reason: request.reason,
        approvedBy: approvals.map(({ person, method, at }) => ({ person, method, at })),
        refusedBy: refusedBy ?? null,
        items: told(items),
        exclusions: told(exclusions),
        recipients: told(recipients),
      };
    });
  };
