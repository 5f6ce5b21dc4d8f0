import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { parseInstant, type UtcInstant } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { personOf } from '@tutela/http';
import type { PersonId, RequestDigest } from '@tutela/policy';
import { readSite } from '@tutela/policy/postgres';
import { Type } from 'typebox';
import * as api from '../api.js';
import { noteOutcome } from '../postgres/outcome.js';
import { requestOverride, useOverride } from '../postgres/override.js';
import { insertSkip, listReveals, teamDays, writeSettings } from '../postgres/queries.js';
import { endReveal } from '../postgres/reveal.js';
import { admitSettings, type Settings } from '../settings.js';
import { outcomeJson, revealJson } from './answers.js';
import type { ExposureDeps } from './deps.js';
import { readMe } from './me.js';

const byId = Type.Object({ id: Type.String({ format: 'uuid' }) });
const byDigest = Type.Object({ digest: Type.String({ pattern: '^[0-9a-f]{64}$' }) });
const teamQuery = Type.Object({ days: Type.Integer({ minimum: 1, maximum: 366, default: 30 }) });
/** A sum over fewer people would tell of one of them. */
const leastPeople = 3;

/** `/exposure/…`: one's own clock, settings and outcomes; the end of a reveal; who saw what. */
export const exposureRoutes =
  (deps: ExposureDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db, clock, rules } = deps;

    server.get('/exposure/me', { schema: { response: { 200: api.meAnswer } } }, (request) =>
      readMe(deps, personOf(request)),
    );

    const settings = { body: api.settingsBody, response: { 200: api.settingsBody, 409: api.refusalAnswer } };
    server.put('/exposure/me/settings', { schema: settings }, async (request, reply) => {
      const person = personOf(request);
      const admitted = admitSettings(request.body as Settings, rules);
      if (admitted.kind !== 'done') return reply.code(409).send(admitted.reason);
      await inTransaction(db, (tx) => writeSettings(tx, person, admitted.value, clock.now()));
      return reply.send(admitted.value as typeof request.body);
    });

    const ending = { params: byId, response: { 200: api.revealAnswer, 404: api.refusalAnswer } };
    server.post('/exposure/reveals/:id/end', { schema: ending }, async (request, reply) => {
      const person = personOf(request);
      const asked = { revealId: request.params.id, person, at: clock.now() };
      const ended = await inTransaction(db, (tx) => endReveal(tx, asked));
      return ended.kind === 'done' ? revealJson(ended.value) : reply.code(404).send(ended.reason);
    });

    server.post('/exposure/skips', { schema: { body: api.skipBody } }, async (request, reply) => {
      const skip = { person: personOf(request), ...request.body };
      await inTransaction(db, (tx) => insertSkip(tx, skip, clock.now()));
      return reply.code(204).send();
    });

    const outcome = { body: api.outcomeBody, response: { 201: api.outcomeAnswer } };
    server.post('/exposure/outcomes', { schema: outcome }, async (request, reply) => {
      const { happenedAt, ...what } = request.body;
      const noted = { ...what, happenedAt: parseInstant(happenedAt) as UtcInstant, by: personOf(request) };
      const row = await inTransaction(db, (tx) => noteOutcome(tx, { ...noted, at: clock.now() }));
      return reply.code(201).send(outcomeJson(row));
    });

    const overriding = { body: api.overrideBody, response: { 201: api.overrideRequestAnswer, 409: api.refusalAnswer } };
    server.post('/exposure/overrides', { schema: overriding }, async (request, reply) => {
      const { person, ...rest } = request.body;
      const asked = { ...rest, person: person as PersonId, requestedBy: personOf(request), at: clock.now() };
      const put = await inTransaction(db, (tx) => requestOverride(tx, rules, asked));
      if (put.kind !== 'done') return reply.code(409).send(put.reason);
      const { digest, needed, request: text } = put.value;
      return reply.code(201).send({ digest, needed, expiresAt: text.expiresAt });
    });

    const using = { params: byDigest, response: { 200: api.overrideAnswer, 409: api.refusalAnswer } };
    server.post('/exposure/overrides/:digest/use', { schema: using }, async (request, reply) => {
      const use = { digest: request.params.digest as RequestDigest, by: personOf(request), at: clock.now() };
      const site = await readSite(db);
      const used = await inTransaction(db, (tx) => useOverride(tx, site, use));
      if (used.kind !== 'done') return reply.code(409).send(used.reason);
      return reply.send({ ...used.value, approvedBy: [...used.value.approvedBy] });
    });

    const looking = { querystring: api.looksQuery, response: { 200: api.looksAnswer } };
    server.get('/exposure/looks', { schema: looking }, async ({ query: { limit = 50, person, ...rest } }) => {
      const rows = await listReveals(db, { ...rest, limit, person: person as PersonId | undefined });
      const last = rows.length === limit ? rows.at(-1)?.reveal_id : undefined;
      return { looks: rows.map(revealJson), next: last ?? null };
    });

    const team = { querystring: teamQuery, response: { 200: api.teamAnswer } };
    server.get('/exposure/team', { schema: team }, async ({ query: { days } }) => ({
      leastPeople,
      days: [...(await teamDays(db, days, leastPeople))],
    }));
  };
