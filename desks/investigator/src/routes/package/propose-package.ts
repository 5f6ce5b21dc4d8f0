import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { proposalBody } from '../../api/package.js';
import { caseParams } from '../../api/shape.js';
import { packagesOf, type RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/packages/proposal`: what would go in, what stays out and why, and what is missing. */
export const proposePackageRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: proposalBody } };
    server.get('/investigator/cases/:caseRef/packages/proposal', { schema }, async (request, reply) => {
      const by = personOf(request);
      const proposed = await packagesOf(deps).propose({ caseRef: request.params.caseRef, by });
      if (proposed.kind !== 'done') return refuse(reply, proposed.reason);
      const { parts, selection, gaps } = proposed.value;
      const { exhibits, custody, reports, authorities, decisions, orders, answers, chronology } = parts;
      const lists = { exhibits, custody, reports, authorities, decisions, orders, answers, chronology };
      return {
        items: selection.items.map(({ id, name, bytes, digests }) => ({
          id,
          name,
          bytes: Number(bytes),
          sha256: digests.sha256,
        })),
        exclusions: told(selection.exclusions),
        contents: Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length])) as never,
        gaps: told(gaps),
      };
    });
  };
