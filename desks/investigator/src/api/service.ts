import { windowBody, windowQuery } from '@tutela/window';
import { type Static, Type } from 'typebox';
import { caseRef, count, instant, nullable, text } from './shape.js';

const rangeSource = Type.Object({ name: text, date: text, sha256: text });
/** Users of the seized service by the country of their addresses; `unknown` is a country of its own. */
export const usersBody = Type.Object({
  data: Type.Array(rangeSource),
  accounts: count,
  countries: Type.Array(
    Type.Object({
      /** ISO 3166, or `unknown`. */
      country: text,
      accounts: count,
      accesses: count,
      disputed: Type.Optional(count),
      providers: Type.Array(
        Type.Object({
          holder: text,
          known: Type.Optional(Type.Object({ name: text, contact: text })),
          accounts: count,
          accesses: count,
          firstAt: instant,
          lastAt: instant,
        }),
      ),
    }),
  ),
  /** How much of it the data could place at all. */
  rate: Type.Object({ accesses: count, placed: count }),
});

export const eventKind = Type.Enum(['notice-received', 'notice-answered', 'staff-access', 'takedown', 'payment']);
/** What the service knew and did, when, by which line of which file of which exhibit. */
export const knowledgeBody = windowBody(
  Type.Object({
    kind: eventKind,
    at: instant,
    account: nullable(text),
    reference: nullable(text),
    staff: nullable(text),
    what: text,
    /** Decimal text. */
    amount: nullable(text),
    currency: nullable(text),
    exhibit: text,
    itemId: count,
    path: nullable(text),
    line: count,
  }),
);
export const knowledgeQuery = Type.Object({
  ...windowQuery,
  kind: Type.Optional(eventKind),
  account: Type.Optional(Type.String({ maxLength: 500 })),
});
export const knowledgeSummaryBody = Type.Object({
  notices: Type.Object({ received: count, answered: count, takedowns: count, staffAccesses: count }),
  revenue: Type.Array(Type.Object({ month: text, currency: text, payments: count, accounts: count, amount: text })),
  /** Lines of the service's records that were read, could not be read, and that no authority covers. */
  records: Type.Object({ files: count, imported: count, bad: count, refused: count }),
});

export const accountBody = Type.Object({
  account: text,
  email: nullable(text),
  registeredAt: nullable(instant),
  registeredFrom: nullable(text),
  plan: nullable(text),
  accesses: count,
  files: count,
});
export const accountsBody = windowBody(accountBody);
export const accountParams = Type.Object({ caseRef, account: Type.String({ minLength: 1, maxLength: 500 }) });
/** An account: where it was seen, and what it sent and was sent; for every file whether it was asked for. */
export const accountFileBody = Type.Object({
  account: text,
  addresses: Type.Array(
    Type.Object({
      address: text,
      country: nullable(text),
      accesses: count,
      firstAt: instant,
      lastAt: instant,
      withPort: count,
    }),
  ),
  receipts: Type.Array(
    Type.Object({
      direction: Type.Enum(['sent', 'received']),
      with: text,
      file: text,
      sentAt: instant,
      openedAt: nullable(instant),
      deletedAt: nullable(instant),
      reportedAt: nullable(instant),
      known: Type.Enum(['known', 'not-known']),
      exhibit: text,
      itemId: count,
      path: nullable(text),
      line: count,
    }),
  ),
});

export type UsersBody = Static<typeof usersBody>;
export type KnowledgeBody = Static<typeof knowledgeBody>;
export type KnowledgeSummaryBody = Static<typeof knowledgeSummaryBody>;
export type AccountsBody = Static<typeof accountsBody>;
export type AccountFileBody = Static<typeof accountFileBody>;
