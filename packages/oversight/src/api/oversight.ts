import { windowBody, windowQuery } from '@tutela/window';
import { type Static, type TSchema, Type } from 'typebox';

const text = Type.String();
const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const deadlinesQuery = Type.Object({
  days: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650, default: 30 })),
});
/** Earliest first; overdue ones stay until somebody does something about them. */
export const deadlinesBody = Type.Object({
  deadlines: Type.Array(
    Type.Object({
      authority: text,
      caseRef: text,
      kind: Type.Enum(['report-to-justice', 'detention-end', 'expiry', 'retention']),
      at: text,
      state: Type.Enum(['ahead', 'overdue']),
    }),
  ),
});

/** Newest first, those that stand before those that were lifted. */
export const freezesBody = Type.Object({
  freezes: Type.Array(
    Type.Object({
      freezeId: text,
      caseRef: text,
      extent: Type.Enum(['case', 'source', 'item']),
      object: nullable(text),
      foundUnder: nullable(text),
      frozenAt: text,
      frozenBy: text,
      liftedAt: nullable(text),
      liftedBy: nullable(text),
      /** That goes on with what was frozen. */
      authorityId: nullable(text),
    }),
  ),
});

export const filterBody = Type.Object({
  items: Type.Array(
    Type.Object({
      caseRef: text,
      itemRef: text,
      routedAt: text,
      routedBy: text,
      state: Type.Enum(['waiting', 'released', 'withheld']),
      ruledAt: nullable(text),
      ruledBy: nullable(text),
    }),
  ),
});

export const rolesBody = Type.Object({
  roles: Type.Array(
    Type.Object({
      caseRef: text,
      person: text,
      role: Type.Enum(['lead', 'examiner', 'filter', 'oversight']),
      grantedAt: text,
      grantedBy: text,
    }),
  ),
});

export const eventsQuery = Type.Object({
  ...windowQuery,
  case: Type.Optional(Type.String({ maxLength: 200 })),
  /** How a type begins: `policy.`, `investigator.pass-`. */
  type: Type.Optional(Type.String({ pattern: '^[a-z0-9.-]{1,100}$' })),
});
/** Entries of the log, newest first: who did what to what, never what it says. */
export const eventsBody = windowBody(
  Type.Object({
    index: Type.Integer({ minimum: 0 }),
    at: text,
    type: text,
    actor: text,
    subjects: Type.Array(text),
    caseRef: nullable(text),
    caseSeq: nullable(Type.Integer()),
    /** Of the leaf (RFC 6962), hexadecimal. */
    leafHash: text,
  }),
);

export type DeadlinesBody = Static<typeof deadlinesBody>;
export type FreezesBody = Static<typeof freezesBody>;
export type FilterBody = Static<typeof filterBody>;
export type RolesBody = Static<typeof rolesBody>;
export type EventsBody = Static<typeof eventsBody>;
