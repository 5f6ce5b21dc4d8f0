import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { Type } from 'typebox';
import { nullable } from '../../routes/parameters.js';
import { categorizationGroups } from '../categories.js';
import { withdraw } from '../curate/withdraw.js';
import type { ListDeps } from '../deps.js';
import { countLists, type ShownEntry, shownEntries } from '../queries/entries.js';
import type { BatchId, EntryId, ListId } from '../schema.js';
import { count, fingerprints, limit, listParams, media, state, text, uuid } from './shapes.js';

export const entryShape = Type.Object({
  entry: uuid,
  batch: uuid,
  submitter: Type.Integer(),
  media,
  fingerprints,
  large: Type.Array(Type.String()),
  classification: nullable(Type.String()),
  category: nullable(Type.String()),
  provenance: nullable(Type.String()),
  vetting: nullable(Type.String()),
  state,
  changedAt: nullable(Type.String()),
  negativeFeedback: count,
});

export const entryJson = (row: ShownEntry) => ({
  entry: row.entry_id,
  batch: row.batch_id,
  submitter: row.submitter_id,
  media: row.media,
  fingerprints: { ...row.fingerprints },
  large: [...row.large_types],
  classification: row.classification,
  category: row.category,
  provenance: row.provenance,
  vetting: row.note,
  state: row.state,
  changedAt: row.changed_at,
  negativeFeedback: row.negative_feedback,
});

export const listBody = Type.Object({
  list: Type.String(),
  title: Type.String(),
  listed: count,
  waiting: count,
  members: count,
  version: nullable(Type.Integer()),
});

/** What an entry may be called, by the names that members are served. */
export const listCategories = Type.Object({
  groups: Type.Array(Type.Object({ group: Type.String(), categories: Type.Array(Type.String()) })),
});

/**
 * `GET /clearinghouse/list/lists`; `GET /clearinghouse/list/categories`; `GET /clearinghouse/list/:list/entries`, newest first, without canaries;
 * `POST /clearinghouse/list/:list/withdrawals`.
 */
export const listEntriesRoutes =
  (deps: ListDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/list/lists',
      { schema: { response: { 200: Type.Object({ lists: Type.Array(listBody) }) } } },
      async () => ({
        lists: (await countLists(deps.db)).map(({ list_id, ...counts }) => ({ list: list_id, ...counts })),
      }),
    );

    server.get('/clearinghouse/list/categories', { schema: { response: { 200: listCategories } } }, async () => ({
      groups: categorizationGroups.map(({ name, categorizations }) => ({
        group: name,
        categories: categorizations.map((one) => one.name),
      })),
    }));

    const before = Type.String({ pattern: '^[1-9][0-9]{0,15}$' });
    const querystring = Type.Object({
      before: Type.Optional(before),
      limit: Type.Optional(limit),
      state: Type.Optional(state),
    });
    const response = { 200: Type.Object({ entries: Type.Array(entryShape), next: nullable(before) }) };
    server.get(
      '/clearinghouse/list/:list/entries',
      { schema: { params: listParams, querystring, response } },
      async ({ params, query }) => {
        const { limit: most = 50, before: below, state: wanted } = query;
        const rows = await shownEntries(deps.db, {
          list: params.list as ListId,
          limit: most,
          ...(below === undefined ? {} : { before: Number(below) }),
          ...(wanted === undefined ? {} : { state: wanted }),
        });
        const last = rows.length === most ? rows.at(-1)?.ordinal : undefined;
        return { entries: rows.map(entryJson), next: last === undefined ? null : String(last) };
      },
    );

    const body = Type.Object({ entries: Type.Array(uuid, { minItems: 1, maxItems: 100 }), reason: text });
    server.post(
      '/clearinghouse/list/:list/withdrawals',
      { schema: { params: listParams, body, response: { 200: Type.Object({ withdrawn: count }) } } },
      async (request, reply) => {
        const asked = { list: request.params.list as ListId, entries: request.body.entries as EntryId[] };
        const taken = await withdraw(deps, { ...asked, reason: request.body.reason, by: personOf(request) });
        return taken.kind === 'done' ? taken.value : refuse(reply, taken.reason);
      },
    );
  };

export const batchEntries = (deps: ListDeps, list: ListId, batch: BatchId) =>
  shownEntries(deps.db, { list, batch, limit: 500 });
