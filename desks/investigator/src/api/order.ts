import { answerDocumentSchema, orderDocumentSchema } from '@tutela/attribution/exchange';
import { windowBody, windowQuery } from '@tutela/window';
import { type Static, Type } from 'typebox';
import { postingWays } from '../orders/schema.js';
import { asStated, caseRef, count, instant, nullable, sha256, someText, text, uuid } from './shape.js';

const orderState = Type.Enum(['draft', 'sending', 'waiting', 'answered', 'declined', 'expired', 'refused']);

export const orderSummaryBody = Type.Object({
  orderId: text,
  caseRef: text,
  providerId: text,
  way: Type.Enum(['exchange', 'letter']),
  state: orderState,
  overdue: Type.Enum(['overdue', 'in-time', 'not-awaited']),
  sha256: text,
  draftedAt: instant,
  sentAt: nullable(instant),
  dueAt: nullable(instant),
  settledAt: nullable(instant),
  reason: nullable(text),
});
export const ordersQuery = Type.Object({ case: Type.Optional(caseRef) });
export const ordersBody = Type.Object({ orders: Type.Array(orderSummaryBody) });

export const groupBody = Type.Object({
  providerId: Type.Optional(text),
  holder: Type.Optional(text),
  countries: Type.Array(text),
  observations: count,
  addresses: count,
  withoutPort: count,
  clockUnknown: count,
  unconfirmed: count,
  disputed: count,
  asked: count,
});
export const groupsBody = Type.Object({ groups: Type.Array(groupBody) });

/** What asking will yield at best, told before anybody asks. */
export const prospectBody = Type.Union([
  Type.Object({ kind: Type.Literal('one'), qualified: Type.Enum(['no', 'clock-unknown']) }),
  Type.Object({ kind: Type.Literal('a-number'), candidates: count }),
  Type.Object({ kind: Type.Literal('perhaps-a-number') }),
]);
export const previewQuery = Type.Object({ provider: text });
export const previewBody = Type.Object({
  providerId: text,
  sharing: nullable(count),
  observations: Type.Array(
    Type.Object({
      observationId: text,
      ip: text,
      port: nullable(count),
      seenFrom: instant,
      prospect: prospectBody,
    }),
  ),
  /** Typed, and not asked about before a second person has compared them. */
  unconfirmed: count,
  /** Orders that ask about others already. */
  asked: Type.Array(Type.Object({ orderId: text, state: orderState, draftedAt: instant, observations: count })),
});

const grade = Type.Enum(['good', 'clock-unknown', 'without-port', 'unconfirmed']);

/** By document and place. `grade` says what an observation is good for as it stands. */
export const observationBody = Type.Object({
  observationId: text,
  importId: text,
  place: count,
  documentSha256: text,
  ip: text,
  port: nullable(count),
  seenFrom: instant,
  seenTo: instant,
  entry: Type.Enum(['electronic', 'transcribed']),
  grade,
  /** Seconds by which its clock may be wrong, and by which it was ahead. */
  clock: Type.Object({
    errorSeconds: Type.Union([Type.Number(), Type.Literal('unknown')]),
    offsetSeconds: nullable(Type.Number()),
  }),
  holder: nullable(text),
  country: nullable(text),
  /** Countries that the files name for it. */
  countries: count,
  providerId: nullable(text),
  orders: count,
});
export const observationsQuery = Type.Object(windowQuery);
export const observationsBody = windowBody(observationBody);
export const observationParams = Type.Object({ caseRef, observationId: uuid });
export const confirmation = Type.Object({ documentSha256: sha256 });
export const confirmedBody = Type.Object({ status: Type.Enum(['confirmed', 'confirmed-already']) });

/** What a report does not say of its addresses, and whoever takes them over states. */
export const reportStatement = Type.Object({
  /** Of the ports; `unknown` leaves them out. */
  protocol: Type.Enum(['tcp', 'udp', 'unknown']),
  /** Seconds by which the reporting service's clock may be wrong, or `unknown`. */
  clockError: Type.String({ pattern: '^(unknown|\\d{1,7}(\\.\\d{1,9})?)$' }),
  /** `allow`: addresses that are kept for documentation count, for a demonstration. */
  documentation: Type.Enum(['refuse', 'allow']),
});
export const reportAddressParams = Type.Object({ caseRef, reportId: uuid });
/** Where a report states a connection, and what taking it over makes of it. */
export const reportAddressesBody = Type.Object({
  reportNumber: text,
  documentSha256: text,
  /** A report is taken over once; null: it was not yet. */
  taken: nullable(
    Type.Object({
      at: instant,
      by: text,
      usable: count,
      refused: count,
      stated: Type.Object({ ...reportStatement.properties, clockError: text }),
    }),
  ),
  addresses: Type.Array(
    Type.Object({
      place: count,
      owner: Type.Enum(['person', 'file', 'incident']),
      address: nullable(text),
      port: nullable(count),
      /** The moment in the service's own words. */
      stated: nullable(text),
      becomes: Type.Enum(['observation', 'repeated', 'refused']),
      /** Of an observation. */
      grade: nullable(grade),
      /** Of a refusal. */
      code: nullable(text),
      /** The place that states the same connection first. */
      repeats: nullable(count),
    }),
  ),
});
export const reportTakenBody = Type.Object({
  importId: text,
  usable: count,
  refused: count,
  repeated: count,
  codes: Type.Record(text, count),
});

const { together, identities } = answerDocumentSchema.properties;
/** An answer carries outcome, reasons, candidates, caveats and the margin to the next holder before and after. */
export const orderBody = Type.Object({
  ...orderSummaryBody.properties,
  authorityId: text,
  document: orderDocumentSchema,
  observations: Type.Array(
    Type.Object({
      ordinal: count,
      observationId: text,
      asked: orderDocumentSchema.properties.observations.items,
      answer: nullable(asStated),
      identity: nullable(identities.items),
    }),
  ),
  together: nullable(together),
  answerSha256: nullable(text),
  /** Of an order by letter; null: nobody noted that it was posted. */
  posted: nullable(
    Type.Object({ on: text, way: Type.Enum(postingWays), receipt: text, notedAt: instant, notedBy: text }),
  ),
});
/** Exactly what goes out: the text under the digest that people approve; the letter once the order is approved. */
export const outgoingBody = Type.Object({
  orderId: text,
  way: Type.Enum(['exchange', 'letter']),
  text,
  sha256: text,
  letter: nullable(Type.Object({ subject: text, body: text })),
});
export const orderParams = Type.Object({ orderId: uuid });

export const orderWish = Type.Object({
  providerId: Type.String({ minLength: 1, maxLength: 100 }),
  authorityId: uuid,
  purpose: someText,
  disclose: orderDocumentSchema.properties.disclose,
  qualified: orderDocumentSchema.properties.qualified,
  together: orderDocumentSchema.properties.together,
});
export const orderAsking = Type.Object({ reason: someText });
export const orderAskedBody = Type.Object({ digest: text, needed: count });
export const orderPosting = Type.Object({
  /** Where it was posted. */
  postedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  way: Type.Enum(postingWays),
  receipt: Type.String({ minLength: 1, maxLength: 500 }),
});
/** Digest of the request that was approved. */
export const orderSending = Type.Object({ approval: sha256 });

export const providerBody = Type.Object({
  providerId: text,
  name: text,
  holders: Type.Array(text),
  country: nullable(text),
  exchangeUrl: nullable(text),
  email: nullable(text),
  language: Type.Enum(['en', 'es', 'pt']),
  answerDays: count,
  /** Customers on one address; null: nobody noted how many. */
  sharing: nullable(count),
  notedAt: instant,
  notedBy: text,
});
export const providersBody = Type.Object({ providers: Type.Array(providerBody) });

export type OrderSummaryBody = Static<typeof orderSummaryBody>;
export type OrdersBody = Static<typeof ordersBody>;
export type OrderBody = Static<typeof orderBody>;
export type OrderPosting = Static<typeof orderPosting>;
export type OutgoingBody = Static<typeof outgoingBody>;
export type GroupsBody = Static<typeof groupsBody>;
export type PreviewBody = Static<typeof previewBody>;
export type ObservationBody = Static<typeof observationBody>;
export type ObservationsBody = Static<typeof observationsBody>;
export type ReportStatementBody = Static<typeof reportStatement>;
export type ReportAddressesBody = Static<typeof reportAddressesBody>;
export type ReportTakenBody = Static<typeof reportTakenBody>;
export type ProvidersBody = Static<typeof providersBody>;
