import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Db } from '@tutela/db';
import { type Static, Type } from 'typebox';
import { findPackage, listPackages, type PackageRow } from './queries.js';

const nullable = <Schema extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const packageBody = Type.Object({
  name: Type.String(),
  caseRef: Type.String(),
  request: Type.String(),
  state: Type.String(),
  why: nullable(Type.String()),
  draftedAt: Type.String(),
  draftedBy: Type.String(),
  writtenAt: nullable(Type.String()),
  contents: nullable(Type.String()),
  events: nullable(Type.Integer()),
  zipSha256: nullable(Type.String()),
  zipBytes: nullable(Type.Integer()),
  missing: Type.Array(Type.Object({ what: Type.String(), why: Type.String() })),
});

export const packageView = (row: PackageRow): Static<typeof packageBody> => ({
  name: row.package,
  caseRef: row.case_ref,
  request: row.request,
  state: row.state,
  why: row.why,
  draftedAt: row.drafted_at,
  draftedBy: row.drafted_by,
  writtenAt: row.written_at,
  contents: row.contents,
  events: row.events,
  zipSha256: row.zip_sha256,
  zipBytes: row.zip_bytes,
  missing: (row.missing ?? []).map((each) => ({ ...each })),
});

const name = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' });
const notFound = Type.Object({ code: Type.Literal('package-unknown'), message: Type.String() });

/** `GET /investigator/packages` and `…/NAME`: what was drafted and what became of it; never what a package holds. */
export const packageRoutes =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    const querystring = Type.Object({
      case: Type.Optional(name),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    });
    server.get(
      '/investigator/packages',
      { schema: { querystring, response: { 200: Type.Object({ packages: Type.Array(packageBody) }) } } },
      async ({ query }) => ({
        packages: (await listPackages(db, { caseRef: query.case, limit: query.limit })).map(packageView),
      }),
    );
    server.get(
      '/investigator/packages/:name',
      { schema: { params: Type.Object({ name }), response: { 200: packageBody, 404: notFound } } },
      async ({ params }, reply) => {
        const row = await findPackage(db, { package: params.name });
        if (row !== undefined) return packageView(row);
        return await reply.code(404).send({ code: 'package-unknown', message: `no package ${params.name}` });
      },
    );
  };
