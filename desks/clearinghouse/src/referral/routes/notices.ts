import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { actorOf, personOf } from '@tutela/http';
import { appendEvent } from '@tutela/ledger/postgres';
import { Type } from 'typebox';
import { findAuthority } from '../../authority-registry/queries.js';
import { letterPdf } from '../../request/render.js';
import { nullable } from '../../routes/parameters.js';
import { tongueOf } from '../../tongues.js';
import { noticeLetter, noticeText } from '../notice-text.js';
import { findNotice, listNotices, type NoticeRow, noticedReferrals } from '../queries/notices.js';
import type { NoticeId } from '../schema.js';
import { noteSent } from '../send-notice.js';
import { authoritySubject } from '../tell.js';
import { problem, uuid } from './parameters.js';

const text = Type.String();
const count = Type.Integer({ minimum: 0 });
export const noticeBody = Type.Object({
  noticeId: text,
  authorityId: text,
  channel: Type.Enum(['email', 'post']),
  referrals: count,
  urgent: count,
  state: Type.Enum(['queued', 'sent']),
  queuedAt: text,
  sentAt: nullable(text),
  receipt: nullable(text),
  attempts: count,
  trouble: nullable(text),
  escalatedAt: nullable(text),
});

export const noticeJson = (row: NoticeRow) => ({
  noticeId: row.notice_id,
  authorityId: row.authority_id,
  channel: row.channel,
  referrals: row.referrals,
  urgent: row.urgent,
  state: row.state,
  queuedAt: row.queued_at,
  sentAt: row.sent_at,
  receipt: row.receipt,
  attempts: row.attempt,
  trouble: row.trouble,
  escalatedAt: row.escalated_at,
});

const params = Type.Object({ noticeId: uuid });
const unknown = { code: 'notice-unknown', message: 'there is no such notice' };

/** `/clearinghouse/notices…`: what tells authorities that something is there; letters are printed and posted by people. */
export const noticeRoutes =
  ({
    db,
    clock,
    feedUrl,
  }: {
    readonly db: Db;
    readonly clock: Clock;
    readonly feedUrl: string;
  }): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/notices',
      {
        schema: {
          querystring: Type.Object({
            state: Type.Optional(Type.Enum(['queued', 'sent'])),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
          }),
          response: { 200: Type.Object({ notices: Type.Array(noticeBody) }) },
        },
      },
      async ({ query: { state, limit = 50 } }) => ({
        notices: (await listNotices(db, { limit, ...(state === undefined ? {} : { state }) })).map(noticeJson),
      }),
    );

    server.get(
      '/clearinghouse/notices/:noticeId',
      {
        schema: {
          params,
          response: { 200: Type.Object({ notice: noticeBody, to: nullable(text), subject: text, text }), 404: problem },
        },
      },
      async (asked, reply) => {
        const notice = await findNotice(db, asked.params.noticeId as NoticeId);
        const authority = notice && (await findAuthority(db, notice.authority_id));
        if (notice === undefined || authority === undefined) return await reply.code(404).send(unknown);
        const words = noticeText(tongueOf(authority.languages), { authority, notice, feedUrl });
        return { notice: noticeJson(notice), to: authority.address, ...words };
      },
    );

    server.get('/clearinghouse/notices/:noticeId/letter.pdf', { schema: { params } }, async (asked, reply) => {
      const noticeId = asked.params.noticeId as NoticeId;
      const notice = await findNotice(db, noticeId);
      const authority = notice && (await findAuthority(db, notice.authority_id));
      if (notice === undefined || authority === undefined) return await reply.code(404).send(unknown);
      const tongue = tongueOf(authority.languages);
      const referrals = await noticedReferrals(db, notice);
      const blocks = noticeLetter(tongue, { authority, notice, feedUrl, referrals });
      const pdf = await letterPdf(tongue, blocks, { foot: noticeId, at: notice.queued_at });
      await inTransaction(db, (tx) =>
        appendEvent(tx, {
          type: 'clearinghouse.letter-made',
          actor: actorOf(asked),
          at: clock.now(),
          subjects: [authoritySubject(authority.authority_id)],
          payload: { notice: noticeId, referrals: referrals.length },
          effects: [],
        }),
      );
      return await reply
        .type('application/pdf')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="letter-${noticeId}.pdf"`)
        .send(pdf);
    });

    server.post(
      '/clearinghouse/notices/:noticeId/posted',
      {
        schema: {
          params,
          body: Type.Object({ receipt: Type.String({ minLength: 1, maxLength: 500 }) }),
          response: { 200: Type.Object({ noted: Type.Literal('yes') }), 409: problem },
        },
      },
      async (asked, reply) => {
        const told = { receipt: asked.body.receipt, by: personOf(asked), at: clock.now() };
        const noted = await inTransaction(db, (tx) => noteSent(tx, asked.params.noticeId as NoticeId, told));
        if (noted === 'noted') return { noted: 'yes' as const };
        return await reply.code(409).send({ code: 'not-queued', message: 'no such notice waits to be sent' });
      },
    );
  };
