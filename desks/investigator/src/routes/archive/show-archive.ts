import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { archiveFileBody, archiveParams } from '../../api/archive.js';
import { showArchive } from '../../archive/progress.js';
import { openedBy } from '../../archive/queries/window.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/archives/:setId`: its locks, its members, and how it was opened. */
export const showArchiveRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: archiveParams, response: { 200: archiveFileBody } };
    server.get('/investigator/cases/:caseRef/archives/:setId', { schema }, async ({ params }, reply) => {
      const { caseRef, setId } = params;
      const found = await showArchive({ db, clock }, params);
      if (found.kind !== 'done') return refuse(reply, found.reason);
      return { ...told(found.value), opened: told(await openedBy(db, caseRef, setId)) } as never;
    });
  };
