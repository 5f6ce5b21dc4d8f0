import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { Type } from 'typebox';
import { nullable } from '../routes/parameters.js';
import { statisticsOf } from './statistics.js';

const day = Type.String({ format: 'date' });

export const statisticsBody = Type.Object({
  counts: Type.Array(
    Type.Object({
      dimension: Type.String(),
      value: Type.String(),
      count: Type.Union([Type.Integer(), Type.Literal('fewer-than-5')]),
    }),
  ),
  medians: Type.Array(Type.Object({ measure: Type.String(), median: nullable(Type.Number()), of: Type.Integer() })),
});

/** `GET /clearinghouse/statistics?from=2026-01-01&to=2026-02-01`: days in UTC, the second not included. */
export const statisticsRoute =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/statistics',
      {
        schema: {
          querystring: Type.Object({ from: day, to: day }),
          response: {
            200: statisticsBody,
          },
        },
      },
      async ({ query: { from, to } }) => {
        const period = { from: `${from}T00:00:00.000Z` as UtcInstant, to: `${to}T00:00:00.000Z` as UtcInstant };
        const { counts, medians } = await statisticsOf(db, period);
        return { counts: [...counts], medians: [...medians] };
      },
    );
  };
