import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import { referralDocumentSchema } from '@tutela/feed';
import { personOf } from '@tutela/http';
import { Type } from 'typebox';
import { documentOf } from '../../feed/documents.js';
import { nullable, reportNumber } from '../../routes/parameters.js';
import { forwardBundle } from '../forward-bundle.js';
import { bundlesOfReferrals } from '../queries/bundles-of.js';
import { findReferral, listReferrals, type ReferralRow } from '../queries/referrals.js';
import { recallForward } from '../recall-forward.js';
import { recallReferral } from '../recall-referral.js';
import type { BundleId, ForwardId, ReferralId } from '../schema.js';
import { cursorOf, cursorText, keyset, problem, reason, uuid } from './parameters.js';

const text = Type.String();
const states = ['available', 'downloaded', 'acknowledged', 'superseded', 'recalled'] as const;
const referral = {
  referralId: text,
  authorityId: text,
  country: text,
  kind: Type.Enum(['report', 'bundle']),
  reportNumber: nullable(reportNumber),
  forwardId: nullable(text),
  label: Type.Enum(['referral', 'informational']),
  lane: Type.Enum(['crisis', 'normal', 'diverted']),
  incidentType: text,
  reports: Type.Integer(),
  state: Type.Enum([...states]),
  reason: nullable(text),
  madeAt: text,
  madeBy: text,
  downloadedAt: nullable(text),
  acknowledgedAt: nullable(text),
  receipt: nullable(text),
} as const;
export const referralBody = Type.Object(referral);
const shownReferral = Type.Object({
  ...referral,
  /** That hold its report now, also where they came about later; a forwarded bundle's own is `forwardId`. */
  bundles: Type.Array(
    Type.Object({
      bundleId: text,
      kind: Type.Enum(['file', 'picture', 'account', 'incident']),
      reports: Type.Integer(),
    }),
  ),
});
export const referralAnswer = Type.Object({ referral: shownReferral, outgoing: referralDocumentSchema });

const referralJson = (row: ReferralRow) => ({
  referralId: row.referral_id,
  authorityId: row.authority_id,
  country: row.country,
  kind: row.kind,
  reportNumber: row.report_number,
  forwardId: row.forward_id,
  label: row.label,
  lane: row.lane,
  incidentType: row.incident_type,
  reports: row.reports,
  state: row.state,
  reason: row.reason,
  madeAt: row.made_at,
  madeBy: row.made_by,
  downloadedAt: row.downloaded_at,
  acknowledgedAt: row.acknowledged_at,
  receipt: row.receipt,
});

const shown = async (db: Db, rows: readonly ReferralRow[]) => {
  const bundles = await bundlesOfReferrals(
    db,
    rows.map(({ referral_id }) => referral_id),
  );
  return rows.map((row) => ({ ...referralJson(row), bundles: [...(bundles.get(row.referral_id) ?? [])] }));
};

const params = Type.Object({ referralId: uuid });
const why = Type.Object({ reason });
const statusOf = (code: string): 404 | 409 => (code.endsWith('-unknown') ? 404 : 409);

/** `/clearinghouse/referrals…`, `/clearinghouse/bundles/:bundleId/forward`, `/clearinghouse/forwards/:forwardId/recall`. */
export const referralRoutes =
  (deps: { readonly db: Db; readonly clock: Clock }): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db } = deps;
    server.get(
      '/clearinghouse/referrals',
      {
        schema: {
          querystring: Type.Object({
            ...keyset,
            authority: Type.Optional(text),
            country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
            state: Type.Optional(Type.Enum([...states])),
          }),
          response: { 200: Type.Object({ referrals: Type.Array(shownReferral), next: nullable(text) }) },
        },
      },
      async ({ query: { before, limit = 50, ...of } }) => {
        const rows = await listReferrals(db, { ...of, limit, ...cursorOf(before) });
        const last = rows.length === limit ? rows.at(-1) : undefined;
        return { referrals: await shown(db, rows), next: cursorText(last?.made_at, last?.referral_id) };
      },
    );

    server.get(
      '/clearinghouse/referrals/:referralId',
      {
        schema: {
          params,
          response: {
            /** `outgoing` is the document that the authority gets, member by member. */
            200: referralAnswer,
            404: problem,
          },
        },
      },
      async (asked, reply) => {
        const row = await findReferral(db, asked.params.referralId as ReferralId);
        const [referral] = row === undefined ? [] : await shown(db, [row]);
        if (row !== undefined && referral !== undefined) return { referral, outgoing: await documentOf(db, row) };
        return await reply.code(404).send({ code: 'referral-unknown', message: 'there is no such referral' });
      },
    );

    server.post(
      '/clearinghouse/referrals/:referralId/recall',
      { schema: { params, body: why, response: { 200: referralBody, 404: problem, 409: problem } } },
      async (asked, reply) => {
        const referralId = asked.params.referralId as ReferralId;
        const outcome = await recallReferral(deps, { referralId, reason: asked.body.reason, by: personOf(asked) });
        if (outcome.kind === 'done') return referralJson(outcome.value);
        return await reply.code(statusOf(outcome.reason.code)).send({ ...outcome.reason });
      },
    );

    server.post(
      '/clearinghouse/bundles/:bundleId/forward',
      {
        schema: {
          params: Type.Object({ bundleId: uuid }),
          body: why,
          response: {
            200: Type.Object({
              forwardId: text,
              referrals: Type.Array(Type.Object({ referralId: text, authorityId: text, reports: Type.Integer() })),
              unroutable: Type.Integer(),
              superseded: Type.Integer(),
            }),
            404: problem,
            409: problem,
          },
        },
      },
      async (asked, reply) => {
        const bundleId = asked.params.bundleId as BundleId;
        const outcome = await forwardBundle(deps, { bundleId, reason: asked.body.reason, by: personOf(asked) });
        if (outcome.kind === 'done') return { ...outcome.value, referrals: [...outcome.value.referrals] };
        return await reply.code(statusOf(outcome.reason.code)).send({ ...outcome.reason });
      },
    );

    server.post(
      '/clearinghouse/forwards/:forwardId/recall',
      {
        schema: {
          params: Type.Object({ forwardId: uuid }),
          body: why,
          response: {
            200: Type.Object({ recalled: Type.Integer(), restored: Type.Integer() }),
            404: problem,
            409: problem,
          },
        },
      },
      async (asked, reply) => {
        const forwardId = asked.params.forwardId as ForwardId;
        const outcome = await recallForward(deps, { forwardId, reason: asked.body.reason, by: personOf(asked) });
        if (outcome.kind === 'done') return outcome.value;
        return await reply.code(statusOf(outcome.reason.code)).send({ ...outcome.reason });
      },
    );
  };
