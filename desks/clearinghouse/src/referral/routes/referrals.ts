import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import { personOf } from '@tutela/http';
import { Type } from 'typebox';
import { documentOf } from '../../feed/documents.js';
import { forwardBundle } from '../forward-bundle.js';
import { findReferral } from '../queries/referrals.js';
import { recallForward } from '../recall-forward.js';
import { recallReferral } from '../recall-referral.js';
import type { BundleId, ForwardId, ReferralId } from '../schema.js';
import { problem, reason, uuid } from './parameters.js';
import { referralAnswer, referralBody, referralJson, shown } from './referral-body.js';

const text = Type.String();
const params = Type.Object({ referralId: uuid });
const why = Type.Object({ reason });
const statusOf = (code: string): 404 | 409 => (code.endsWith('-unknown') ? 404 : 409);

/** `/clearinghouse/referrals/:referralId…`, `/clearinghouse/bundles/:bundleId/forward`, `/clearinghouse/forwards/:forwardId/recall`. */
export const referralRoutes =
  (deps: { readonly db: Db; readonly clock: Clock }): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db } = deps;
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
