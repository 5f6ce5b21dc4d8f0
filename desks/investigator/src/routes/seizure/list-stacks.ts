import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { actorOf } from '@tutela/http';
import type { PersonId } from '@tutela/policy';
import { actorIn } from '@tutela/policy/postgres';
import { readWindow } from '@tutela/window';
import { stackQuery, stacksBody } from '../../api/seizure.js';
import { caseParams } from '../../api/shape.js';
import { whoseItems } from '../../seizure/visible-items.js';
import { countStacks, windowOfStacks } from '../../service/queries/stacks.js';
import type { RouteDeps } from '../route-deps.js';
import { defined, told } from '../told.js';

/** `GET /investigator/cases/:caseRef/stacks`: pictures and videos that look alike, or are of equal bytes; most files first. */
export const listStacksRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, querystring: stackQuery, response: { 200: stacksBody } };
    server.get('/investigator/cases/:caseRef/stacks', { schema }, async (request) => {
      const { caseRef } = request.params;
      const { class: fileClass, kind, least = 2, ...asked } = request.query;
      const filter = { caseRef, least, ...defined({ class: fileClass, kind }) };
      const mine = whoseItems(await actorIn(db, caseRef, actorOf(request) as PersonId)) === 'without-filter';
      const found = await readWindow(
        {
          read: async (stretch) => (mine ? windowOfStacks(db, filter, stretch) : []),
          count: async () => (mine ? countStacks(db, filter) : 0),
          keyOf: ({ files, sha256 }) => [files, sha256],
          keyLength: 2,
        },
        asked,
      );
      return told(found);
    });
  };
