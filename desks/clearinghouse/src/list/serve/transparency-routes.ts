import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ListDeps } from '../deps.js';
import { openingOf, provenVersion, vouchersOf } from '../publish/prove.js';
import { findVersion, listVersions, readOpenings } from '../queries/versions.js';
import type { EntryId } from '../schema.js';
import { admission, subscriberOf } from './admission.js';
import { noteProbe } from './probing.js';

const pageSize = 1000;
const none = '00000000-0000-0000-0000-000000000000';
const list = Type.String();

/**
 * Beside the protocol, for members: the proofs that the list they hold is the one that everybody holds, and that two
 * reviewers vouched for an entry. `/hashsharing/<list>/transparency/v1/…`, see docs/transparent-list.md.
 */
export const transparencyRoutes =
  (deps: ListDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.addHook('onRequest', admission(deps));
    const root = '/hashsharing/:list/transparency/v1';
    const version = Type.String({ pattern: '^(latest|[1-9][0-9]{0,8})$' });
    const params = Type.Object({ list, version });

    server.get(`${root}/versions/:version`, { schema: { params } }, async (request, reply) => {
      const row = await versionNamed(subscriberOf(request).list, request.params.version);
      const proven = row && (await provenVersion(deps, row));
      if (proven?.kind === 'done') return proven.value;
      const retry = row === undefined ? reply : reply.header('retry-after', '5');
      return await retry.code(row === undefined ? 404 : 503).send('');
    });

    server.get(`${root}/versions/:version/commitments`, { schema: { params } }, async (request, reply) => {
      const row = await versionNamed(subscriberOf(request).list, request.params.version);
      const opened = row && (await deps.vault.open(row.commitments_sha256));
      if (opened?.kind !== 'done') return await reply.code(404).send('');
      return await reply.type('application/octet-stream').send(opened.value.bytes);
    });

    server.get(
      `${root}/openings`,
      { schema: { querystring: Type.Object({ after: Type.Optional(Type.String({ format: 'uuid' })) }) } },
      async (request) => {
        const { list: id, member } = subscriberOf(request);
        const after = (request.query.after ?? none) as EntryId;
        const rows = await readOpenings(deps.db, { list: id, member, after, limit: pageSize });
        const last = rows.length === pageSize ? rows.at(-1)?.entry_id : undefined;
        return { openings: rows.map(openingOf), next: last ?? null };
      },
    );

    server.get(
      `${root}/entries/:memberId/:entryId/vouchers`,
      { schema: { params: Type.Object({ list, memberId: Type.String(), entryId: Type.String() }) } },
      async (request, reply) => {
        const { list: id, member } = subscriberOf(request);
        const { memberId, entryId } = request.params;
        const vouchers = await vouchersOf(deps, { list: id, member, submitter: memberId, id: entryId });
        if (vouchers.kind === 'done') return vouchers.value;
        await noteProbe(deps, { list: id, source: `member/${member}`, kind: 'unknown-entry' });
        return await reply.code(404).send('');
      },
    );

    const versionNamed = async (id: Parameters<typeof findVersion>[1], name: string) =>
      name === 'latest' ? (await listVersions(deps.db, id, 1))[0] : await findVersion(deps.db, id, Number(name));
  };
