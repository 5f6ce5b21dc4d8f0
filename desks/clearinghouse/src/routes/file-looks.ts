import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FileId, ReportNumber } from '@tutela/cybertip';
import { inTransaction } from '@tutela/db';
import { type ExposureDeps, lookRoutes } from '@tutela/exposure/routes';
import { personOf } from '@tutela/http';
import type { PersonId, RequestDigest } from '@tutela/policy';
import { readSite } from '@tutela/policy/postgres';
import type { Compartment } from '@tutela/vault';
import { Type } from 'typebox';
import { wasViewed } from '../opening/gate.js';
import { findFileSubject } from '../opening/look-at-file.js';
import { findFile, listOpenings, type OpeningRow } from '../opening/queries.js';
import { openByExigency, recordOpening, requestExigency } from '../opening/record-opening.js';
import { nullable, reportNumber } from './parameters.js';

const path = '/clearinghouse/reports/:reportNumber/files/:fileId';
const fileParams = { reportNumber, fileId: Type.String({ pattern: '^[0-9a-f]{32}$' }) };
const params = Type.Object(fileParams);
const ofDigest = Type.Object({ ...fileParams, digest: Type.String({ pattern: '^[0-9a-f]{64}$' }) });
const text = Type.String({ minLength: 1, maxLength: 3000, pattern: '\\S' });
const refusal = Type.Object({ code: Type.String(), message: Type.String() });

export const openingBody = Type.Union([
  Type.Object({ basis: Type.Literal('consent'), statement: text }),
  Type.Object({ basis: Type.Literal('warrant'), statement: text, reference: text }),
  Type.Object({ basis: Type.Literal('exigency'), statement: text }),
]);

export const openingAnswer = Type.Object({
  openingId: Type.String(),
  basis: Type.Enum(['consent', 'warrant', 'exigency']),
  reference: nullable(Type.String()),
  statement: Type.String(),
  recordedBy: Type.String(),
  recordedAt: Type.String(),
  approvedBy: Type.Array(Type.String()),
});

export const gateAnswer = Type.Object({
  /** What the reporter stated; unknown counts as not viewed. */
  viewedByReporter: Type.Enum(['viewed', 'not-viewed']),
  gate: Type.Enum(['open', 'closed']),
  openings: Type.Array(openingAnswer),
});

const exigencyAnswer = Type.Object({ digest: Type.String(), needed: Type.Integer(), expiresAt: Type.String() });

/**
 * Looking at the files of a report: `…/preview`, `…/reveal`, and what opens a file that its reporter did not view:
 * `GET …/gate`, `POST …/openings` (an exigency answers 202 with a request for a second person), and
 * `POST …/openings/:digest` once they have approved.
 */
export const fileLookRoutes =
  (deps: ExposureDeps & { readonly vault: Compartment }): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db, clock } = deps;
    const find = ({ reportNumber: number, fileId }: { reportNumber: string; fileId: string }) =>
      findFileSubject(deps, number as ReportNumber, fileId as FileId);
    await server.register(lookRoutes(deps, { path, params, find }));

    server.get(
      `${path}/gate`,
      { schema: { params, response: { 200: gateAnswer, 404: refusal } } },
      async (request, reply) => {
        const { number, fileId } = named(request.params);
        const file = await findFile(db, number, fileId);
        if (file === undefined) return reply.code(404).send({ code: 'file-unknown', message: `no file ${fileId}` });
        const openings = await listOpenings(db, fileId);
        const viewedByReporter = wasViewed(file.details);
        const gate = viewedByReporter === 'viewed' || openings.length > 0 ? 'open' : 'closed';
        return { viewedByReporter, gate, openings: openings.map(openingJson) } as const;
      },
    );

    const response = { 201: openingAnswer, 202: exigencyAnswer, 404: refusal, 409: refusal };
    server.post(`${path}/openings`, { schema: { params, body: openingBody, response } }, async (request, reply) => {
      const of = { ...named(request.params), by: personOf(request), at: clock.now() };
      const { body } = request;
      if (body.basis === 'exigency') {
        const asked = await inTransaction(db, (tx) => requestExigency(tx, of, body.statement));
        if (asked.kind !== 'done') return reply.code(asked.kind === 'nothing' ? 404 : 409).send(asked.reason);
        const { digest, needed, request: made } = asked.value;
        return reply.code(202).send({ digest, needed, expiresAt: made.expiresAt });
      }
      const opened = await inTransaction(db, (tx) => recordOpening(tx, of, body));
      if (opened.kind !== 'done') return reply.code(opened.kind === 'nothing' ? 404 : 409).send(opened.reason);
      return reply.code(201).send(openingJson(opened.value));
    });

    server.post(
      `${path}/openings/:digest`,
      { schema: { params: ofDigest, response: { 201: openingAnswer, 404: refusal, 409: refusal } } },
      async (request, reply) => {
        const of = { ...named(request.params), by: personOf(request) as PersonId, at: clock.now() };
        const site = await readSite(db);
        const digest = request.params.digest as RequestDigest;
        const opened = await inTransaction(db, (tx) => openByExigency(tx, site, of, digest));
        if (opened.kind !== 'done') return reply.code(opened.kind === 'nothing' ? 404 : 409).send(opened.reason);
        return reply.code(201).send(openingJson(opened.value));
      },
    );
  };

const named = ({ reportNumber: number, fileId }: { reportNumber: string; fileId: string }) => ({
  number: number as ReportNumber,
  fileId: fileId as FileId,
});

const openingJson = (row: OpeningRow) => ({
  openingId: row.opening_id,
  basis: row.basis,
  reference: row.reference,
  statement: row.statement,
  recordedBy: row.recorded_by,
  recordedAt: row.recorded_at,
  approvedBy: [...row.approved_by],
});
