import { orderDocumentSchema } from '@tutela/attribution/exchange';
import { windowBody, windowQuery } from '@tutela/window';
import { type Static, Type } from 'typebox';
import { count, counts, dayText, instant, nullable, sha256, someText, text } from './shape.js';

/** `expired`: nobody answered it in time. */
export const orderState = Type.Enum(['received', 'released', 'declined', 'expired']);
export const orderLineBody = Type.Object({
  orderId: text,
  agency: text,
  reference: text,
  state: orderState,
  receivedAt: instant,
  expiresAt: instant,
  /** How many of its questions nearly ask what was asked before. */
  nearDuplicates: count,
});
/** Newest first. */
export const ordersBody = windowBody(orderLineBody);
export const ordersQuery = Type.Object({
  ...windowQuery,
  state: Type.Optional(Type.Enum(['received', 'released', 'declined'])),
});
export const orderParams = Type.Object({ orderId: Type.String({ format: 'uuid' }) });

const { disclose, qualified, together, scope } = orderDocumentSchema.properties;
/** The order's words, by what it came, how much it asks, and how each question ended; nobody who was found. */
export const orderBody = Type.Object({
  orderId: text,
  orderSha256: text,
  reference: text,
  state: orderState,
  receivedAt: instant,
  expiresAt: instant,
  settledAt: Type.Optional(instant),
  reason: Type.Optional(text),
  issuedBy: text,
  issuedAt: instant,
  purpose: text,
  offence: text,
  /** Of the court's document: compare it with the paper. */
  documentSha256: text,
  disclose,
  qualified,
  maxCandidates: count,
  together,
  scope,
  observations: count,
  withoutPort: count,
  clockUnknown: count,
  transcribed: count,
  answers: Type.Array(Type.Object({ answerId: text, outcome: text, recordSha256: text })),
  /** Whose credential it came with, and since when that agency has it. */
  authenticity: Type.Object({ agencyId: text, agency: text, credentialIssuedAt: instant }),
});

/** What is asked, question by question, held against what the order covers. Nothing is looked up. */
export const scopeCheckBody = Type.Object({
  covered: count,
  questions: Type.Array(
    Type.Object({
      ordinal: count,
      ip: text,
      port: nullable(count),
      protocol: nullable(text),
      from: instant,
      to: instant,
      clockErrorSeconds: Type.Union([Type.Number(), Type.Literal('unknown')]),
      entry: Type.Enum(['electronic', 'transcribed']),
      sourceDocument: text,
      scope: Type.Enum(['covered', 'refused']),
      /** Why it is refused. */
      reason: nullable(text),
      /** Days and exporters whose log would be opened, and those whose log has gaps. */
      segments: count,
      gaps: count,
    }),
  ),
});

/** Who did what to an order, newest first. */
export const orderHistoryBody = Type.Object({
  events: Type.Array(Type.Object({ id: text, at: instant, actor: text, type: text })),
});

export const releaseAsking = Type.Object({ reason: someText });
export const releaseAskedBody = Type.Object({ digest: text, needed: count });
/** Digest of the request that two others approved. */
export const releaseApproval = Type.Object({ approval: sha256 });

/** What leaves for one question: of several candidates their number and nothing else. */
const tells = Type.Enum(['nothing', 'number', 'handle', 'identity']);
/** The release as it would be, with the approvals it needs, and taken back. */
export const releasePreviewBody = Type.Object({
  when: Type.Enum(['now', 'before']),
  answers: Type.Array(
    Type.Object({
      ordinal: count,
      outcome: Type.Enum(['EXACT_ONE', 'ONE_QUALIFIED', 'N_CANDIDATES', 'NONE_PROVEN', 'NONE_UNKNOWN', 'REFUSED']),
      reasons: Type.Array(text),
      candidates: count,
      tells,
    }),
  ),
  outcomes: counts,
  /** Persons whose identity leaves. */
  identities: count,
});
export const releasedBody = Type.Object({ when: Type.Enum(['now', 'before']), outcomes: counts, identities: count });
export const declining = Type.Object({ reason: someText });
export const declinedBody = Type.Object({ state: Type.Literal('declined') });

export const statisticsQuery = Type.Object({ from: Type.Optional(dayText), to: Type.Optional(dayText) });
/** For a transparency report: numbers, and nothing that they could be led back to. `to` is not in it any more. */
export const statisticsBody = Type.Object({
  from: nullable(dayText),
  to: nullable(dayText),
  orders: counts,
  disclose: counts,
  questions: count,
  outcomes: counts,
});

export type OrderLineBody = Static<typeof orderLineBody>;
export type OrdersBody = Static<typeof ordersBody>;
export type OrderBody = Static<typeof orderBody>;
export type OrderHistoryBody = Static<typeof orderHistoryBody>;
export type ScopeCheckBody = Static<typeof scopeCheckBody>;
export type ReleasePreviewBody = Static<typeof releasePreviewBody>;
export type ReleasedBody = Static<typeof releasedBody>;
export type StatisticsBody = Static<typeof statisticsBody>;
