import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { actorOf } from '@tutela/http';
import type { PersonId } from '@tutela/policy';
import { actorIn } from '@tutela/policy/postgres';
import { readWindow } from '@tutela/window';
import { itemQuery, itemsBody } from '../../api/seizure.js';
import { caseParams } from '../../api/shape.js';
import type { ItemId, SourceId } from '../../seizure/schema.js';
import { countVisibleItems, visibleItems, whoseItems } from '../../seizure/visible-items.js';
import type { RouteDeps } from '../route-deps.js';
import { camel, defined } from '../told.js';

const seenAs = { 'with-filter': 'filter-team', 'without-filter': 'case-team' } as const;

/** `GET /investigator/cases/:caseRef/items`: a window on the files of a case, by id, for who may see them. */
export const listItemsRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, querystring: itemQuery, response: { 200: itemsBody } };
    server.get('/investigator/cases/:caseRef/items', { schema }, async (request) => {
      const { caseRef } = request.params;
      const { source, class: fileClass, state, account, sha256, stack, parent, ...asked } = request.query;
      const filter = {
        caseRef,
        ...defined({
          sourceId: source as SourceId | undefined,
          fileClass,
          state,
          account,
          sha256,
          stack,
          parentItemId: parent as ItemId | undefined,
        }),
      };
      const actor = await actorIn(db, caseRef, actorOf(request) as PersonId);
      const found = await readWindow(
        {
          read: (stretch) => visibleItems(db, actor, { ...filter, ...stretch }),
          count: () => countVisibleItems(db, actor, filter),
          keyOf: ({ item_id }) => [item_id],
          keyLength: 1,
        },
        asked,
      );
      const whose = whoseItems(actor);
      return {
        ...found,
        rows: found.rows.map(camel),
        seen: whose === undefined ? ('nothing' as const) : seenAs[whose],
      };
    });
  };
