import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readWindow } from '@tutela/window';
import { eventsBody, eventsQuery } from '../api/oversight.js';
import { countEvents, windowOfEvents } from '../queries.js';
import type { OversightDeps } from './oversight-deps.js';

/** `GET /oversight/events`: a window on the log, newest first. */
export const listEventsRoute =
  ({ db }: OversightDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { querystring: eventsQuery, response: { 200: eventsBody } };
    server.get('/oversight/events', { schema }, async ({ query: { case: caseRef, type, ...asked } }) => {
      const filter = { ...(caseRef !== undefined && { case: caseRef }), ...(type !== undefined && { type }) };
      const found = await readWindow(
        {
          read: (stretch) => windowOfEvents(db, filter, stretch),
          count: () => countEvents(db, filter),
          keyOf: ({ index }) => [index],
          keyLength: 1,
        },
        asked,
      );
      return { ...found, rows: [...found.rows] };
    });
  };
