import { windowBody, windowQuery } from '@tutela/window';
import { type Static, Type } from 'typebox';
import { count, instant, nullable, text, uuid } from './shape.js';

/** A feed by the operator's name for it. Where it stands and how far it was read: never its credential. */
export const feedBody = Type.Object({
  name: text,
  state: Type.Enum(['ready', 'open-to-others', 'malformed']),
  /** Of a feed that is ready. */
  clearinghouse: nullable(text),
  authority: nullable(text),
  /** Minutes between two fetches that nobody asks for. */
  everyMinutes: nullable(Type.Union([count, Type.Literal('never')])),
  /** Entries that were dealt with, and when it was last read to its end; null: never. */
  position: nullable(count),
  fetchedAt: nullable(instant),
  /** When it is fetched from without anybody asking; in the past: at once. Null: never. */
  nextAt: nullable(instant),
  /** Why the last fetch did not come to its end; `times`: in a row. */
  fault: nullable(Type.Object({ code: text, message: text, at: instant, times: count })),
  /** Fetched, and not to be read: the clearinghouse was not told that it arrived. */
  unread: Type.Array(Type.Object({ reportNumber: text, message: text, at: instant })),
});
export const feedsBody = Type.Object({ feeds: Type.Array(feedBody) });

/** A report as a clearinghouse referred it to this authority. */
export const referredBody = Type.Object({
  reportId: text,
  reportNumber: text,
  referralId: text,
  clearinghouse: text,
  authority: text,
  label: Type.Enum(['referral', 'informational']),
  lane: Type.Enum(['crisis', 'normal', 'diverted']),
  esp: nullable(text),
  incidentType: nullable(text),
  /** When the clearinghouse received the report. */
  receivedAt: nullable(instant),
  fetchedAt: instant,
  /** When the clearinghouse took it back; null: it stands. */
  withdrawnAt: nullable(instant),
  /** Of the document as delivered. */
  documentSha256: text,
  cases: Type.Array(text),
});
export const referredQuery = Type.Object({
  state: Type.Optional(Type.Enum(['waiting', 'in-a-case', 'withdrawn'])),
  report: Type.Optional(uuid),
  ...windowQuery,
});
export const referredListBody = windowBody(referredBody);

export const pullWish = Type.Object({ feed: Type.String({ minLength: 1, maxLength: 100 }) });
export const pulledBody = Type.Object({
  feed: text,
  referrals: count,
  /** Reports that were not here before. */
  imported: count,
  /** Reports that had come some other way, and are now known to be referred too. */
  alreadyHere: count,
  withdrawn: count,
  /** Fetched, and not to be read: the referral stays unacknowledged. */
  refused: Type.Array(Type.Object({ reportNumber: text, message: text })),
  position: count,
});

export type FeedBody = Static<typeof feedBody>;
export type FeedsBody = Static<typeof feedsBody>;
export type ReferredBody = Static<typeof referredBody>;
export type ReferredListBody = Static<typeof referredListBody>;
export type PulledBody = Static<typeof pulledBody>;
