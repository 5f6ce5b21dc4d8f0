import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Db } from '@tutela/db';
import { Type } from 'typebox';
import { nullable } from '../routes/parameters.js';
import { channels, instruments } from './authority.js';
import { type Authority, listAuthorities } from './queries.js';

const text = Type.String();
export const authorityBody = Type.Object({
  authorityId: text,
  country: text,
  name: text,
  jurisdiction: text,
  takes: Type.Enum(['reports', 'diverted']),
  channel: Type.Enum([...channels]),
  address: nullable(text),
  languages: Type.Array(text),
  incidentTypes: Type.Array(text),
  instruments: Type.Array(Type.Enum([...instruments])),
  standing: Type.Enum(['active', 'closed']),
  source: text,
  sourceDate: text,
  importedAt: text,
});

const authorityJson = (row: Authority) => ({
  authorityId: row.authority_id,
  country: row.country,
  name: row.name,
  jurisdiction: row.jurisdiction,
  takes: row.takes,
  channel: row.channel,
  address: row.address,
  languages: [...row.languages],
  incidentTypes: [...row.incident_types],
  instruments: [...row.instruments],
  standing: row.standing,
  source: row.source,
  sourceDate: row.source_date,
  importedAt: row.imported_at,
});

/** `GET /clearinghouse/authorities?country=&standing=`: the registry; a few hundred rows, so without pages. */
export const authoritiesRoute =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/authorities',
      {
        schema: {
          querystring: Type.Object({
            country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
            standing: Type.Optional(Type.Enum(['active', 'closed'])),
          }),
          response: { 200: Type.Object({ authorities: Type.Array(authorityBody) }) },
        },
      },
      async ({ query }) => ({ authorities: (await listAuthorities(db, query)).map(authorityJson) }),
    );
  };
