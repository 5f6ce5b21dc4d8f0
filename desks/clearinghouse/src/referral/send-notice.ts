import { type Clock, toInstant, type UtcInstant } from '@tutela/core';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import { appendEvent } from '@tutela/ledger/postgres';
import { findAuthority } from '../authority-registry/queries.js';
import { tongueOf } from '../tongues.js';
import type { SendMail } from './mail.js';
import { noticeText } from './notice-text.js';
import { changeNotice, dueNotices, lockNotice, type NoticeRow, unescalated } from './queries/notices.js';
import type { NoticeId } from './schema.js';
import { authoritySubject, written } from './tell.js';

export interface NoticeDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Absent: no mail server is configured; notices wait and are escalated like any that cannot be sent. */
  readonly mail?: { readonly send: SendMail; readonly feedUrl: string } | undefined;
}

export const noticeWorkflow = 'clearinghouse.send-notice';
const program = 'clearinghouse/notices';
const minuteMs = 60_000;
const longestMs = 60 * minuteMs;
/** After so long without success a person is told: channel by channel, urgent news sooner. */
const escalateMs = 24 * 60 * minuteMs;
const escalateUrgentMs = 60 * minuteMs;

/**
 * One attempt at a notice. The attempt is taken first, so that news which come meanwhile go into another notice; a
 * process that dies in between leaves it to the next attempt, and the same notice sent twice is one mail by its id.
 */
export const sendNotice = async (deps: NoticeDeps, noticeId: NoticeId): Promise<void> => {
  const notice = await takeAttempt(deps, noticeId);
  if (notice === undefined) return;
  const authority = await findAuthority(deps.db, notice.authority_id);
  if (deps.mail === undefined || authority?.address == null) {
    return await noteTrouble(deps, notice, deps.mail === undefined ? 'mail-not-configured' : 'no-address');
  }
  const { feedUrl, send } = deps.mail;
  const text = noticeText(tongueOf(authority.languages), { authority, notice, feedUrl });
  const sent = await send({ ...text, to: authority.address, messageId: `<${noticeId}@notice.tutela.invalid>` });
  if (sent.kind !== 'done') return await noteTrouble(deps, notice, sent.reason.message);
  await inTransaction(deps.db, (tx) =>
    noteSent(tx, noticeId, { receipt: sent.value, by: program, at: deps.clock.now() }),
  );
};

const takeAttempt = ({ db, clock }: NoticeDeps, noticeId: NoticeId): Promise<NoticeRow | undefined> =>
  inTransaction(db, async (tx) => {
    const notice = await lockNotice(tx, noticeId);
    const now = clock.now();
    if (notice?.state !== 'queued' || (notice.next_at ?? now) > now) return undefined;
    const attempt = notice.attempt + 1;
    const wait = Math.min(longestMs, minuteMs * 2 ** Math.min(notice.attempt, 20));
    await changeNotice(tx, noticeId, { attempt, next_at: later(now, wait) });
    return { ...notice, attempt };
  });

const later = (at: UtcInstant, ms: number): UtcInstant => toInstant(new Date(Date.parse(at) + ms));

const noteTrouble = async ({ db }: NoticeDeps, { notice_id }: NoticeRow, trouble: string): Promise<void> => {
  await inTransaction(db, (tx) => changeNotice(tx, notice_id, { trouble: trouble.slice(0, 500) }));
};

/** Mailed, or posted by a person: its receipt is kept. */
export const noteSent = async (
  tx: Tx,
  noticeId: NoticeId,
  { receipt, by, at }: { readonly receipt: string; readonly by: string; readonly at: UtcInstant },
): Promise<'noted' | 'not-queued'> => {
  const notice = await lockNotice(tx, noticeId);
  if (notice?.state !== 'queued') return 'not-queued';
  await changeNotice(tx, noticeId, {
    state: 'sent',
    sent_at: at,
    sent_by: by,
    receipt: receipt.slice(0, 500),
    next_at: null,
    trouble: null,
  });
  await appendEvent(tx, {
    type: 'clearinghouse.notice-sent',
    actor: by,
    at,
    subjects: [authoritySubject(notice.authority_id)],
    payload: { channel: notice.channel, receipt: receipt.slice(0, 500), lastPosition: notice.last_position },
    effects: [written('notice', { notice_id: noticeId })],
  });
  return 'noted';
};

/** A chore: starts what is due, and tells of what has waited too long. */
export const sweepNotices = async (
  deps: NoticeDeps & { readonly engine: () => Pick<Engine, 'start'> },
): Promise<void> => {
  const { db, clock, engine } = deps;
  const now = clock.now();
  for (const { notice_id, attempt } of await dueNotices(db, now)) {
    const id = `clearinghouse/notice/${notice_id}/${attempt}`;
    const job = { id, workflow: noticeWorkflow, input: { notice: notice_id } };
    await inTransaction(db, (tx) => engine().start(tx, job));
  }
  await escalateNotices(deps);
};

/** @returns how many were escalated now */
export const escalateNotices = async ({ db, clock }: Pick<NoticeDeps, 'db' | 'clock'>): Promise<number> => {
  const now = clock.now();
  const waiting = await unescalated(db, later(now, -escalateMs), later(now, -escalateUrgentMs));
  for (const { notice_id } of waiting) {
    await inTransaction(db, async (tx) => {
      const notice = await lockNotice(tx, notice_id);
      if (notice?.state !== 'queued' || notice.escalated_at !== null) return;
      await changeNotice(tx, notice_id, { escalated_at: now });
      await appendEvent(tx, {
        type: 'clearinghouse.notice-escalated',
        actor: program,
        at: now,
        subjects: [authoritySubject(notice.authority_id)],
        payload: { channel: notice.channel, attempts: notice.attempt, trouble: notice.trouble },
        effects: [written('notice', { notice_id })],
      });
    });
  }
  return waiting.length;
};
