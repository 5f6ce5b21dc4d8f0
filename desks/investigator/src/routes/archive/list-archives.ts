import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readWindow } from '@tutela/window';
import { archiveQuery, archivesBody } from '../../api/archive.js';
import { caseParams } from '../../api/shape.js';
import { countArchives, windowOfArchives } from '../../archive/queries/window.js';
import type { RouteDeps } from '../route-deps.js';
import { defined } from '../told.js';

/** `GET /investigator/cases/:caseRef/archives`: a window, by id. */
export const listArchivesRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, querystring: archiveQuery, response: { 200: archivesBody } };
    server.get('/investigator/cases/:caseRef/archives', { schema }, async ({ params, query }) => {
      const { state, format, account, ...asked } = query;
      const filter = { caseRef: params.caseRef, ...defined({ state, format, account }) };
      const found = await readWindow(
        {
          read: (stretch) => windowOfArchives(db, filter, stretch),
          count: () => countArchives(db, filter),
          keyOf: ({ setId }) => [setId],
          keyLength: 1,
        },
        asked,
      );
      return found as never;
    });
  };
