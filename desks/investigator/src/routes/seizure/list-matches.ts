import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { actorOf } from '@tutela/http';
import type { PersonId } from '@tutela/policy';
import { actorIn } from '@tutela/policy/postgres';
import { readWindow } from '@tutela/window';
import { knownMatchesBody, matchQuery } from '../../api/seizure.js';
import { caseParams } from '../../api/shape.js';
import { whoseItems } from '../../seizure/visible-items.js';
import { countMatches, windowOfMatches } from '../../service/queries/stacks.js';
import type { RouteDeps } from '../route-deps.js';
import { camel, defined } from '../told.js';

/** `GET /investigator/cases/:caseRef/known/matches`: the files of the newest comparison that match the list, exactly or nearly, by id. */
export const listMatchesRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, querystring: matchQuery, response: { 200: knownMatchesBody } };
    server.get('/investigator/cases/:caseRef/known/matches', { schema }, async (request) => {
      const { caseRef } = request.params;
      const { kind, ...asked } = request.query;
      const filter = { caseRef, ...defined({ kind }) };
      const mine = whoseItems(await actorIn(db, caseRef, actorOf(request) as PersonId)) === 'without-filter';
      const found = await readWindow(
        {
          read: async (stretch) => (mine ? windowOfMatches(db, filter, stretch) : []),
          count: async () => (mine ? countMatches(db, filter) : 0),
          keyOf: ({ item_id }) => [item_id],
          keyLength: 1,
        },
        asked,
      );
      return { ...found, rows: found.rows.map(camel) };
    });
  };
