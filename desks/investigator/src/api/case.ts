import { type Static, Type } from 'typebox';
import { caseRole } from './role.js';
import { asStated, caseRef, count, instant, next, nullable, someText, text, uuid } from './shape.js';

export const caseBody = Type.Object({
  caseRef: text,
  title: text,
  openedAt: instant,
  openedBy: text,
  closedAt: nullable(instant),
  closedBy: nullable(text),
  closedBecause: nullable(text),
});
export const caseSummaryBody = Type.Object({ ...caseBody.properties, reports: count, exhibits: count });
export const casesBody = Type.Object({ cases: Type.Array(caseSummaryBody), next });
/** `reportId`: a report that it is opened with, linked in the same act. */
export const newCase = Type.Object({
  caseRef,
  title: Type.String({ minLength: 1, maxLength: 500 }),
  reportId: Type.Optional(uuid),
});
export const caseClosing = Type.Object({ reason: someText });
/** By its number, the report that was imported last; by its id, that very one. */
export const reportLink = Type.Union([
  Type.Object({ reportNumber: Type.String({ minLength: 1, maxLength: 100 }) }),
  Type.Object({ reportId: uuid }),
]);
export const linkedBody = Type.Object({ status: Type.Enum(['linked', 'linked-already']) });

export const custodyActionBody = Type.Enum([
  'seized',
  'transferred',
  'sealed',
  'unsealed',
  'acquired',
  'examined',
  'returned',
]);
export const custodyBody = Type.Object({
  custodyId: text,
  ordinal: count,
  action: custodyActionBody,
  happenedAt: instant,
  holder: text,
  handedOverBy: nullable(text),
  secondPerson: nullable(text),
  place: nullable(text),
  sealIds: Type.Array(text),
  authorityId: nullable(text),
  reason: text,
  content: asStated,
  recordedAt: instant,
  recordedBy: text,
});
/** What happened to an exhibit; without `happenedAt` it happens now. */
export const newCustody = Type.Object({
  action: custodyActionBody,
  happenedAt: Type.Optional(text),
  holder: Type.String({ minLength: 1, maxLength: 300 }),
  handedOverBy: Type.Optional(text),
  secondPerson: Type.Optional(text),
  place: Type.Optional(text),
  sealIds: Type.Optional(Type.Array(text, { maxItems: 100 })),
  authority: Type.Optional(text),
  reason: someText,
});

export const exhibitBody = Type.Object({
  exhibitId: text,
  number: text,
  parentId: nullable(text),
  description: text,
  seizedAt: nullable(instant),
  seizedPlace: nullable(text),
  seizedBy: nullable(text),
  seizedFrom: nullable(text),
  make: nullable(text),
  serial: nullable(text),
  capacityBytes: nullable(count),
  sealIds: Type.Array(text),
  storagePlace: nullable(text),
  imageFormat: nullable(text),
  sha256: nullable(text),
  sha1: nullable(text),
  md5: nullable(text),
  acquisition: asStated,
  timeZone: nullable(text),
  /** Decimal text; positive: its clock was ahead. */
  clockOffsetSeconds: nullable(text),
  recordedAt: instant,
  recordedBy: text,
});
/** The members of `parseExhibit`; one that is not known is refused. */
export const newExhibit = asStated;

export const deadlineBody = Type.Object({
  authority: text,
  kind: Type.Enum(['report-to-justice', 'detention-end', 'expiry', 'retention']),
  at: instant,
  state: Type.Enum(['ahead', 'overdue']),
});

/** A case with what belongs to it; `roles` are those of whoever asks. */
export const caseFileBody = Type.Object({
  case: caseBody,
  roles: Type.Array(caseRole),
  reports: Type.Array(
    Type.Object({
      reportId: text,
      reportNumber: text,
      espName: nullable(text),
      documentSha256: text,
      linkedAt: instant,
      linkedBy: text,
    }),
  ),
  exhibits: Type.Array(Type.Object({ ...exhibitBody.properties, custody: Type.Array(custodyBody) })),
  deadlines: Type.Array(deadlineBody),
});

/** Events of a case that are in the log, newest first: who did what, never what it says. */
export const chronologyBody = Type.Object({
  entries: Type.Array(
    Type.Object({ caseSeq: count, at: instant, type: text, actor: text, subjects: Type.Array(text) }),
  ),
  next,
});

export const personsBody = Type.Object({
  persons: Type.Array(
    Type.Object({
      reportId: text,
      reportNumber: text,
      ordinal: count,
      role: Type.Enum(['reported', 'intended-recipient']),
      screenName: nullable(text),
      espUserId: nullable(text),
      espName: nullable(text),
      addresses: count,
      content: asStated,
    }),
  ),
});

const step = Type.Enum(['store', 'hash', 'list', 'match', 'attempt', 'open', 'view', 'disclose']);
/** `Authority` of @tutela/policy, as its document states it; the legal basis that stands on every screen. */
export const authorityBody = Type.Object(
  {
    id: text,
    version: count,
    kind: text,
    issuedBy: text,
    fileNumber: text,
    statute: text,
    offence: text,
    issuedAt: instant,
    from: instant,
    to: instant,
    operativeText: text,
    documentSha256: text,
    scope: asStated,
    grants: Type.Array(step),
    conditions: Type.Array(asStated),
    enteredBy: text,
    enteredAt: instant,
  },
  { additionalProperties: true },
);
export const authoritiesBody = Type.Object({
  authorities: Type.Array(
    Type.Object({
      /** `in-force`, or the rule that keeps it from granting anything. */
      standing: text,
      authority: authorityBody,
      verification: nullable(Type.Object({ by: Type.Array(text), at: instant })),
      end: nullable(asStated),
    }),
  ),
});
/** The authority as its document states it, without who enters it and when. Without `id` and `version` it is a new one. */
export const newAuthority = asStated;
export const enteredBody = Type.Object({ digest: text, needed: count });
export const revocation = Type.Object({ reason: someText });
export const revokedBody = Type.Object({ authority: text, endedAt: instant });

export const decisionsBody = Type.Object({
  decisions: Type.Array(
    Type.Object({
      decisionId: text,
      step,
      decidedAt: instant,
      actor: nullable(text),
      answer: Type.Enum(['allow', 'deny', 'needs']),
      rule: text,
      authorityId: nullable(text),
      group: text,
      objects: count,
    }),
  ),
  next,
});

export type CaseSummaryBody = Static<typeof caseSummaryBody>;
export type CasesBody = Static<typeof casesBody>;
export type CaseFileBody = Static<typeof caseFileBody>;
export type ExhibitBody = Static<typeof exhibitBody>;
export type CustodyBody = Static<typeof custodyBody>;
export type ChronologyBody = Static<typeof chronologyBody>;
export type PersonsBody = Static<typeof personsBody>;
export type AuthoritiesBody = Static<typeof authoritiesBody>;
export type EnteredBody = Static<typeof enteredBody>;
export type DecisionsBody = Static<typeof decisionsBody>;
