import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { archiveCountsBody } from '../../api/archive.js';
import { caseParams } from '../../api/shape.js';
import { countArchivesByKind } from '../../archive/queries/window.js';
import type { RouteDeps } from '../route-deps.js';

/** `GET /investigator/cases/:caseRef/archives/counts`: by format, encryption and state. */
export const countArchivesRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: archiveCountsBody } };
    server.get('/investigator/cases/:caseRef/archives/counts', { schema }, async ({ params }) => ({
      counts: [...(await countArchivesByKind(db, params.caseRef))] as never,
    }));
  };
