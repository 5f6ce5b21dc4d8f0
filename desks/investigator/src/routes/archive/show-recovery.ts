import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { recoveryBody } from '../../api/archive.js';
import { caseParams } from '../../api/shape.js';
import { recoveryProgress } from '../../archive/progress.js';
import { countSets } from '../../archive/queries/progress.js';
import { recoveringUnder } from '../../archive/queries/window.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/recovery`: how far the search for passwords has come, authority by authority. */
export const showRecoveryRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: recoveryBody } };
    server.get('/investigator/cases/:caseRef/recovery', { schema }, async ({ params: { caseRef } }) => {
      const runs = [];
      for (const authorityId of await recoveringUnder(db, caseRef))
        runs.push(told(await recoveryProgress({ db }, { caseRef, authorityId })));
      return { runs, archives: told(await countSets(db, caseRef)) };
    });
  };
