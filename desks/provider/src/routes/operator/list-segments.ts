import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readWindow } from '@tutela/window';
import { segmentsBody, segmentsQuery } from '../../api/log.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { countSegments, windowOfSegments } from '../../queries/segments.js';
import { segmentLine } from '../../segments/show-segments.js';

/** `GET /provider/segments`: what is kept and what went, newest day first. */
export const listSegmentsRoute =
  ({ db }: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { querystring: segmentsQuery, response: { 200: segmentsBody } };
    server.get('/provider/segments', { schema }, async ({ query: { exporter, ...asked } }) => {
      const found = await readWindow(
        {
          read: (stretch) => windowOfSegments(db, exporter, stretch),
          count: () => countSegments(db, exporter),
          keyOf: ({ day, exporter: of, sha256 }) => [day, of, sha256],
          keyLength: 3,
        },
        asked,
      );
      return { ...found, rows: found.rows.map(segmentLine) };
    });
  };
