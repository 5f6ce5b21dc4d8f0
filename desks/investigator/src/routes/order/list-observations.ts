import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readWindow } from '@tutela/window';
import type { Static } from 'typebox';
import { type observationBody, observationsBody, observationsQuery } from '../../api/order.js';
import { caseParams } from '../../api/shape.js';
import { gradeOf } from '../../orders/grade.js';
import { isUnconfirmed } from '../../orders/group.js';
import { countUsable, type UsableObservation, windowOfUsable } from '../../orders/queries.js';
import type { RouteDeps } from '../route-deps.js';

type Observation = Static<typeof observationBody>;

/** `GET /investigator/cases/:caseRef/observations`: addresses and moments that may be asked about, by document and place. */
export const listObservationsRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, querystring: observationsQuery, response: { 200: observationsBody } };
    server.get('/investigator/cases/:caseRef/observations', { schema }, async ({ params: { caseRef }, query }) => {
      const found = await readWindow(
        {
          read: (stretch) => windowOfUsable(db, caseRef, stretch),
          count: () => countUsable(db, caseRef),
          keyOf: ({ import_id, place }) => [import_id, place],
          keyLength: 2,
        },
        query,
      );
      return { ...found, rows: found.rows.map(observationView) };
    });
  };

const observationView = (row: UsableObservation): Observation => ({
  observationId: row.observation_id,
  importId: row.import_id,
  place: row.place,
  documentSha256: row.asked?.sourceDocument ?? '',
  ip: row.ip ?? '',
  port: row.port,
  seenFrom: row.seen_from ?? '',
  seenTo: row.seen_to ?? '',
  entry: row.entry ?? 'electronic',
  grade: gradeOf({
    ip: row.ip,
    port: row.port,
    clock: row.asked?.clock,
    typed: isUnconfirmed(row) ? 'unconfirmed' : 'confirmed',
  }),
  clock: {
    errorSeconds: row.asked?.clock.errorSeconds ?? 'unknown',
    offsetSeconds: row.asked?.clock.offsetSeconds ?? null,
  },
  holder: row.holder,
  country: row.country,
  countries: row.countries,
  providerId: row.provider_id,
  orders: row.orders,
});
