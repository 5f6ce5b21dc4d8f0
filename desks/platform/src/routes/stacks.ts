import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { skippedBy } from '@tutela/exposure/postgres';
import { actorOf, personOf } from '@tutela/http';
import type { PersonId } from '@tutela/policy';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import * as api from '../api/stacks.js';
import type { PlatformDeps } from '../deps.js';
import type { StackFilter } from '../queries/stack-window.js';
import { listMembers, listStacks } from '../queries/stacks.js';
import { decideStack, reverseStack } from '../review/decide-stack.js';
import { stackHistory, stackJson, stacksBeside, stackWindow } from '../review/stack-queue.js';

const params = Type.Object({ id: Type.String({ format: 'uuid' }) });
const refusal = Type.Object({ code: Type.String(), message: Type.String() });

/** The queue of the platform in stacks: what is the same is offered, looked at and decided once. */
export const stackRoutes =
  (deps: PlatformDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { db } = deps;
    const listing = { querystring: api.stacksQuery, response: { 200: api.stacksBody } };
    app.get('/platform/stacks', { schema: listing }, async (request) => {
      const { state = 'waiting', limit = 50, before } = request.query;
      const rows = await listStacks(db, { state, limit, before, without: await skipped(deps, request) });
      return { stacks: rows.map(stackJson), next: (rows.length === limit ? rows.at(-1)?.stackId : undefined) ?? null };
    });

    const windows = { querystring: api.stacksWindowQuery, response: { 200: api.stacksWindowBody } };
    app.get('/platform/stacks/window', { schema: windows }, async (request) => {
      const { state, kind, list, account, ...asked } = request.query;
      return stackWindow(db, await filterOf(deps, request, { state, kind, list, account }), asked);
    });

    const beside = {
      params,
      querystring: api.stackNeighboursQuery,
      response: { 200: api.stackNeighboursBody, 404: refusal },
    };
    app.get('/platform/stacks/:id/neighbours', { schema: beside }, async (request, reply) => {
      const { id } = request.params;
      const [row] = await listStacks(db, { state: 'all', limit: 1, without: [], stacks: [id] });
      if (row !== undefined) return stacksBeside(db, await filterOf(deps, request, request.query), row);
      return reply.code(404).send({ code: 'no-such-stack', message: `There is no stack ${id}.` });
    });

    const one = { params, response: { 200: api.stackBody, 404: refusal } };
    app.get('/platform/stacks/:id', { schema: one }, async ({ params: { id } }, reply) => {
      const [row] = await listStacks(db, { state: 'all', limit: 1, without: [], stacks: [id] });
      if (row !== undefined) return stackJson(row);
      return reply.code(404).send({ code: 'no-such-stack', message: `There is no stack ${id}.` });
    });

    const past = { params, response: { 200: api.stackHistoryBody, 404: refusal } };
    app.get('/platform/stacks/:id/history', { schema: past }, async ({ params: { id } }, reply) => {
      const [row] = await listStacks(db, { state: 'all', limit: 1, without: [], stacks: [id] });
      if (row !== undefined) return stackHistory(db, row);
      return reply.code(404).send({ code: 'no-such-stack', message: `There is no stack ${id}.` });
    });

    const members = { params, querystring: api.stackMembersQuery, response: { 200: api.stackMembersBody } };
    app.get('/platform/stacks/:id/members', { schema: members }, async ({ params: { id }, query }) => {
      const { limit = 100, after } = query;
      const rows = await listMembers(db, id, { limit, after });
      return { members: [...rows], next: (rows.length === limit ? rows.at(-1)?.match : undefined) ?? null };
    });

    const deciding = { params, body: api.stackDecisionBody, response: { 200: api.stackDecidedBody, 409: refusal } };
    app.post('/platform/stacks/:id/decision', { schema: deciding }, async (request, reply) => {
      const asked = { stack: request.params.id, ...request.body, actor: personOf(request) };
      const decided = await decideStack(deps, asked);
      return decided.kind === 'done' ? decided.value : reply.code(409).send(decided.reason);
    });

    const reversing = { params, body: api.stackReversalBody, response: { 200: api.stackReversedBody, 409: refusal } };
    app.post('/platform/stacks/:id/reversal', { schema: reversing }, async (request, reply) => {
      const asked = { stack: request.params.id, ...request.body, actor: personOf(request) };
      const reversed = await reverseStack(deps, asked);
      return reversed.kind === 'done' ? reversed.value : reply.code(409).send(reversed.reason);
    });
  };

type Asked = Omit<StackFilter, 'state' | 'without'> & { readonly state?: StackFilter['state'] | undefined };

/** Skipped is out of the queue of what waits alone: what was decided is found again by everybody. */
const filterOf = async (deps: PlatformDeps, request: FastifyRequest, asked: Asked): Promise<StackFilter> => {
  const { state = 'waiting', ...others } = asked;
  return { ...others, state, without: state === 'waiting' ? await skipped(deps, request) : [] };
};

/** Stacks that whoever asks does not want to be offered. */
const skipped = async ({ db }: PlatformDeps, request: FastifyRequest): Promise<readonly string[]> => {
  const subjects = await skippedBy(db, actorOf(request) as PersonId, 'platform');
  return subjects.flatMap((subject) => /^stack\/([0-9a-f-]{36})$/.exec(subject)?.[1] ?? []);
};
