import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Clock, toInstant, type UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { Type } from 'typebox';
import { nearDeadlines } from '../../request/queries.js';
import { deadlineJson } from '../../request/routes.js';
import { nullable } from '../../routes/parameters.js';
import { listNotices } from '../queries/notices.js';
import { awaitingReply } from '../queries/routings.js';
import { noticeBody, noticeJson } from './notices.js';

const text = Type.String();
const dayMs = 86_400_000;
/** An authority that has not taken a referral over by then is asked again; an urgent one within the hour. */
const patienceMs = 14 * dayMs;
const urgentPatienceMs = 3_600_000;
const most = 200;

export const awaitingBody = Type.Object({
  referrals: Type.Array(
    Type.Object({
      referralId: text,
      authorityId: text,
      country: text,
      lane: Type.Enum(['crisis', 'normal', 'diverted']),
      state: Type.Enum(['available', 'downloaded']),
      reports: Type.Integer(),
      madeAt: text,
    }),
  ),
  notices: Type.Array(noticeBody),
  deadlines: Type.Array(
    Type.Object({
      requestId: text,
      kind: Type.Enum(['reply', 'preservation-ends']),
      at: text,
      remindAt: text,
      remindedAt: nullable(text),
      state: Type.Enum(['running', 'met', 'passed']),
    }),
  ),
});

/** `GET /clearinghouse/awaiting`: what somebody outside owes an answer to, or has not been reached with. */
export const awaitingRoute =
  ({ db, clock }: { readonly db: Db; readonly clock: Clock }): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/awaiting',
      {
        schema: {
          response: {
            200: awaitingBody,
          },
        },
      },
      async () => {
        const before = (ms: number): UtcInstant => toInstant(new Date(Date.parse(clock.now()) - ms));
        const asked = { madeBefore: before(patienceMs), urgentBefore: before(urgentPatienceMs), limit: most };
        const [referrals, notices, deadlines] = await Promise.all([
          awaitingReply(db, asked),
          listNotices(db, { state: 'queued', limit: most }),
          nearDeadlines(db, most),
        ]);
        return {
          referrals: referrals.map((row) => ({
            referralId: row.referral_id,
            authorityId: row.authority_id,
            country: row.country,
            lane: row.lane,
            state: row.state,
            reports: row.reports,
            madeAt: row.made_at,
          })),
          notices: notices.map(noticeJson),
          deadlines: deadlines.map((row) => ({ requestId: row.request_id, ...deadlineJson(row) })),
        };
      },
    );
  };
