import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { parsePersonId } from '@tutela/policy';
import { Type } from 'typebox';
import { nullable } from '../../routes/parameters.js';
import { admitMember, grantAccess, nameReviewer, openList, revokeAccess } from '../curate/members.js';
import { traceCanaries } from '../curate/trace.js';
import type { ListDeps } from '../deps.js';
import { listMembers, type MemberRow, reviewers } from '../queries/catalogue.js';
import type { ListId, MemberId } from '../schema.js';
import { count, digest, listParams, text, uuid } from './shapes.js';

const access = Type.Object({
  list: Type.String(),
  state: Type.Enum(['waiting', 'open', 'revoked']),
  grantedAt: Type.String(),
  lastPollAt: nullable(Type.String()),
  lastWindowEnd: nullable(Type.String()),
});
export const memberBody = Type.Object({
  member: Type.Integer(),
  name: Type.String(),
  username: Type.String(),
  requestsPerMinute: Type.Integer(),
  access: Type.Array(access),
});

/** `…/list/members`, `…/list/:list/members/:member`, `…/list/reviewers`, `…/list/traces`, and `POST …/list/lists`. */
export const listMemberRoutes =
  (deps: ListDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/list/members',
      { schema: { response: { 200: Type.Object({ members: Type.Array(memberBody) }) } } },
      async () => ({ members: membersJson(await listMembers(deps.db)) }),
    );

    const admitted = Type.Object({ member: Type.Integer(), username: Type.String(), password: Type.String() });
    const newMember = Type.Object({
      name: text,
      username: Type.String({ minLength: 1, maxLength: 100 }),
      requestsPerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    });
    server.post(
      '/clearinghouse/list/members',
      { schema: { body: newMember, response: { 200: admitted } } },
      async (request, reply) => {
        const made = await admitMember(deps, { ...request.body, by: personOf(request) });
        return made.kind === 'done' ? made.value : refuse(reply, made.reason);
      },
    );

    const params = Type.Object({ ...listParams.properties, member: Type.Integer({ minimum: 1 }) });
    const granted = Type.Object({
      state: Type.Enum(['open', 'waiting']),
      digest: nullable(digest),
      batch: nullable(uuid),
    });
    server.post(
      '/clearinghouse/list/:list/members/:member',
      { schema: { params, response: { 200: granted } } },
      async (request, reply) => {
        const asked = { list: request.params.list as ListId, member: request.params.member as MemberId };
        const given = await grantAccess(deps, { ...asked, by: personOf(request) });
        if (given.kind !== 'done') return refuse(reply, given.reason);
        if (given.value === undefined) return { state: 'open' as const, digest: null, batch: null };
        return { state: 'waiting' as const, digest: given.value.digest, batch: given.value.batch };
      },
    );
    server.delete(
      '/clearinghouse/list/:list/members/:member',
      { schema: { params, response: { 200: Type.Object({ state: Type.Literal('revoked') }) } } },
      async (request, reply) => {
        const asked = { list: request.params.list as ListId, member: request.params.member as MemberId };
        const taken = await revokeAccess(deps, { ...asked, by: personOf(request) });
        return taken.kind === 'done' ? { state: 'revoked' as const } : refuse(reply, taken.reason);
      },
    );

    const reviewer = Type.Object({ person: Type.String(), organisation: text });
    server.get(
      '/clearinghouse/list/reviewers',
      { schema: { response: { 200: Type.Object({ reviewers: Type.Array(reviewer) }) } } },
      async () => ({
        reviewers: [...(await reviewers(deps.db))].map(([person, organisation]) => ({ person, organisation })),
      }),
    );
    server.post(
      '/clearinghouse/list/reviewers',
      { schema: { body: reviewer, response: { 200: reviewer } } },
      async (request, reply) => {
        const person = parsePersonId(request.body.person);
        if (person === undefined)
          return refuse(reply, { code: 'malformed-person', message: 'a reviewer is named by a pseudonym' });
        await nameReviewer(deps, { person, organisation: request.body.organisation, by: personOf(request) });
        return { person, organisation: request.body.organisation };
      },
    );

    const newList = Type.Object({
      list: Type.String(),
      title: text,
      rule: Type.Enum(['two-reviewers', 'two-organisations']),
      publisher: text,
      canariesEach: Type.Optional(Type.Integer({ minimum: 0, maximum: 64 })),
    });
    server.post(
      '/clearinghouse/list/lists',
      { schema: { body: newList, response: { 200: Type.Object({ list: Type.String() }) } } },
      async (request, reply) => {
        const opened = await openList(deps, { ...request.body, by: personOf(request) });
        return opened.kind === 'done' ? { list: opened.value } : refuse(reply, opened.reason);
      },
    );

    const traced = Type.Object({ member: Type.Integer(), name: Type.String(), list: Type.String(), canaries: count });
    const body = Type.Object({
      hashes: Type.Array(Type.String({ maxLength: 1000 }), { minItems: 1, maxItems: 100_000 }),
    });
    server.post(
      '/clearinghouse/list/traces',
      { bodyLimit: 16 << 20, schema: { body, response: { 200: Type.Object({ recipients: Type.Array(traced) }) } } },
      async (request) => ({
        recipients: [...(await traceCanaries(deps, { hashes: request.body.hashes, by: personOf(request) }))],
      }),
    );
  };

const membersJson = (rows: readonly MemberRow[]) => {
  const ids = [...new Set(rows.map(({ member_id }) => member_id))];
  return ids.map((id) => {
    const own = rows.filter(({ member_id }) => member_id === id);
    const { name, username, requests_per_minute } = own[0] as MemberRow;
    return { member: id, name, username, requestsPerMinute: requests_per_minute, access: own.flatMap(accessJson) };
  });
};

const accessJson = (row: MemberRow) =>
  row.list_id === null || row.granted_at === null
    ? []
    : [
        {
          list: row.list_id,
          state:
            row.revoked_at !== null
              ? ('revoked' as const)
              : row.opened_at === null
                ? ('waiting' as const)
                : ('open' as const),
          grantedAt: row.granted_at,
          lastPollAt: row.last_poll_at,
          lastWindowEnd: row.last_window_end,
        },
      ];
