import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { addressMarks } from '@tutela/ranges';
import { Type } from 'typebox';
import { type LocationRow, listLocations } from '../queries/listing.js';
import { nullable, page, reportNumber } from './parameters.js';

export const locationBody = Type.Object({
  reportNumber,
  outcome: Type.Enum(['one-country', 'conflicting', 'unknown']),
  countries: Type.Array(Type.String()),
  signals: Type.Array(
    Type.Object({
      kind: Type.Enum(['ip-address', 'estimated-location', 'stated-address', 'phone-prefix', 'page-host']),
      path: Type.String(),
      country: Type.Optional(Type.String()),
      source: Type.Optional(Type.String()),
      weight: Type.Enum(['decides', 'shown']),
      reason: Type.Optional(Type.Enum(['possible-proxy', 'not-in-range-data', ...addressMarks])),
    }),
  ),
  sources: Type.Array(Type.Object({ name: Type.String(), date: Type.String(), sha256: Type.String() })),
  madeAt: Type.String(),
});

export const locationJson = (row: LocationRow) => ({
  reportNumber: row.report_number,
  outcome: row.outcome,
  countries: [...row.countries],
  signals: row.signals.map((signal) => ({ ...signal })),
  sources: row.sources.map((source) => ({ ...source })),
  madeAt: row.made_at,
});

/** `GET /clearinghouse/locations`: newest first; a country finds the reports whose signals disagree as well. */
export const locationsRoute =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/locations',
      {
        schema: {
          querystring: Type.Object({
            ...page,
            country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
            outcome: Type.Optional(Type.Enum(['one-country', 'conflicting', 'unknown'])),
          }),
          response: { 200: Type.Object({ locations: Type.Array(locationBody), next: nullable(reportNumber) }) },
        },
      },
      async ({ query: { before, limit = 50, country, outcome } }) => {
        const rows = await listLocations(db, {
          limit,
          ...(before === undefined ? {} : { before: before as ReportNumber }),
          ...(country === undefined ? {} : { country }),
          ...(outcome === undefined ? {} : { outcome }),
        });
        const last = rows.length === limit ? rows.at(-1)?.report_number : undefined;
        return { locations: rows.map(locationJson), next: last ?? null };
      },
    );
  };
