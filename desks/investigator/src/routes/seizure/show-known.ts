import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { knownBody } from '../../api/seizure.js';
import { caseParams } from '../../api/shape.js';
import { matchesByAccount } from '../../service/queries/known.js';
import { knownRuns } from '../../service/queries/stacks.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/known`: comparisons with lists of known files, and the newest one's matches by account. */
export const showKnownRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: knownBody } };
    server.get('/investigator/cases/:caseRef/known', { schema }, async ({ params: { caseRef } }) => ({
      runs: told(await knownRuns(db, caseRef)),
      byAccount: told(await matchesByAccount(db, caseRef)),
    }));
  };
