import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import { actorOf, personOf, refuse } from '@tutela/http';
import { readWindow, windowBody, windowQuery } from '@tutela/window';
import { Type } from 'typebox';
import { claimItem, releaseItem } from '../claims.js';
import { markRead } from '../queries/claims.js';
import { countQueue, type ItemRow, type QueueFilter, readQueue } from '../queries/listing.js';
import { itemBody, itemJson, label, lane } from './item-body.js';

const item = Type.Object({
  item: Type.String({ pattern: '^(report/[1-9][0-9]{0,17}|bundle/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$' }),
});

/**
 * `GET /clearinghouse/triage`: what may not wait first, then the higher priority, then the older; a bundle is one item. In
 * windows (`@tutela/window`). `POST …/claim`, `…/release`, `…/read` with `{ item }`: nobody is made to take the first.
 */
export const queueRoutes =
  ({ db, clock }: { readonly db: Db; readonly clock: Clock }): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/triage',
      {
        schema: {
          querystring: Type.Object({
            ...windowQuery,
            lane: Type.Optional(lane),
            label: Type.Optional(label),
            state: Type.Optional(Type.Enum(['waiting', 'decided'])),
            country: Type.Optional(Type.String({ pattern: '^([A-Z]{2}|unknown)$' })),
            claimed: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{1,63}$' })),
          }),
          response: { 200: windowBody(itemBody) },
        },
      },
      async (request) => {
        const { lane: asked, label: labelled, state, country, claimed, ...window } = request.query;
        const filter: QueueFilter = {
          ...(asked !== undefined && { lane: asked }),
          ...(labelled !== undefined && { label: labelled }),
          ...(state !== undefined && { state }),
          ...(country !== undefined && { country }),
          ...(claimed !== undefined && { claimed }),
        };
        const person = actorOf(request);
        const source = {
          read: (stretch: Parameters<typeof readQueue>[1]['stretch']) => readQueue(db, { filter, person, stretch }),
          count: () => countQueue(db, filter),
          keyOf: (row: ItemRow) => [row.turn, row.urgency, row.since, row.item],
          keyLength: 4,
        };
        const found = await readWindow(source, window);
        return { ...found, rows: found.rows.map(itemJson) };
      },
    );

    server.post('/clearinghouse/triage/claim', { schema: { body: item } }, async (request, reply) => {
      const claimed = await claimItem({ db, clock }, { item: request.body.item, person: personOf(request) });
      return claimed.kind === 'done' ? { claimedBy: claimed.value } : refuse(reply, claimed.reason);
    });

    server.post('/clearinghouse/triage/release', { schema: { body: item } }, async (request, reply) => {
      const released = await releaseItem({ db, clock }, { item: request.body.item, person: personOf(request) });
      return released.kind === 'done' ? { claimedBy: null } : refuse(reply, released.reason);
    });

    server.post('/clearinghouse/triage/read', { schema: { body: item } }, async (request) => {
      await markRead(db, request.body.item, personOf(request), clock.now());
      return { seen: 'read' };
    });
  };
