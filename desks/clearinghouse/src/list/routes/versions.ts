import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { parseNote, parseTlogProof } from '@tutela/ledger';
import { Type } from 'typebox';
import type { ListDeps } from '../deps.js';
import { provenVersion } from '../publish/prove.js';
import { publishVersion } from '../publish/publish.js';
import { recentAlerts } from '../queries/probing.js';
import { listVersions, type StoredVersion } from '../queries/versions.js';
import type { ListId } from '../schema.js';
import { count, digest, limit, listParams } from './shapes.js';

export const versionBody = Type.Object({
  version: Type.Integer(),
  asOf: Type.String(),
  size: count,
  root: digest,
  recipients: count,
  /** `waiting`: not under a signed head yet. */
  proof: Type.Enum(['waiting', 'signed', 'witnessed']),
  witnesses: count,
});
export const alertBody = Type.Object({
  list: Type.String(),
  source: Type.String(),
  kind: Type.Enum(['unknown-entry', 'wrong-credentials', 'no-access']),
  hour: Type.String(),
  count,
  raisedAt: Type.String(),
});

/** `GET` and `POST /clearinghouse/list/:list/versions`, and `GET /clearinghouse/list/alerts`: who probed, newest first. */
export const listVersionRoutes =
  (deps: ListDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const querystring = Type.Object({ limit: Type.Optional(limit) });
    server.get(
      '/clearinghouse/list/:list/versions',
      {
        schema: {
          params: listParams,
          querystring,
          response: { 200: Type.Object({ versions: Type.Array(versionBody) }) },
        },
      },
      async ({ params, query }) => {
        const rows = await listVersions(deps.db, params.list as ListId, query.limit ?? 20);
        return { versions: await Promise.all(rows.map((row) => versionJson(deps, row))) };
      },
    );

    server.post(
      '/clearinghouse/list/:list/versions',
      { schema: { params: listParams, response: { 200: Type.Object({ version: Type.Integer(), root: digest }) } } },
      async (request, reply) => {
        const published = await publishVersion(deps, request.params.list as ListId, personOf(request));
        return published.kind === 'done' ? published.value : refuse(reply, published.reason);
      },
    );

    server.get(
      '/clearinghouse/list/alerts',
      { schema: { querystring, response: { 200: Type.Object({ alerts: Type.Array(alertBody) }) } } },
      async ({ query }) => {
        const rows = await recentAlerts(deps.db, query.limit ?? 50);
        return {
          alerts: rows.map(({ list_id, raised_at, ...row }) => ({ ...row, list: list_id, raisedAt: raised_at })),
        };
      },
    );
  };

const versionJson = async (deps: ListDeps, row: StoredVersion) => {
  const proven = await provenVersion(deps, row);
  const proof = proven.kind === 'done' ? parseTlogProof(proven.value.proof) : undefined;
  const note = proof?.kind === 'done' ? parseNote(proof.value.checkpoint) : undefined;
  // The log's own signature stands beside those of its witnesses.
  const witnesses = note?.kind === 'done' ? Math.max(0, note.value.signatures.length - 1) : 0;
  return {
    version: row.version,
    asOf: row.as_of,
    size: row.size,
    root: row.root,
    recipients: row.recipients,
    proof: note === undefined ? ('waiting' as const) : witnesses > 0 ? ('witnessed' as const) : ('signed' as const),
    witnesses,
  };
};
