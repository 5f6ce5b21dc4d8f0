import { type Static, Type } from 'typebox';
import { asStated, caseRef, count, instant, nullable, sha256, someText, text } from './shape.js';

export const packageName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' });
export const packageBody = Type.Object({
  name: text,
  caseRef: text,
  request: text,
  /** `waiting`: for a checkpoint, a witness or an authority of time; it goes on by itself. */
  state: Type.Enum(['drafted', 'exporting', 'waiting', 'failed', 'written']),
  why: nullable(text),
  draftedAt: instant,
  draftedBy: text,
  writtenAt: nullable(instant),
  contents: nullable(text),
  events: nullable(Type.Integer()),
  zipSha256: nullable(text),
  zipBytes: nullable(Type.Integer()),
  missing: Type.Array(Type.Object({ what: text, why: text })),
});
export const packagesQuery = Type.Object({
  case: Type.Optional(caseRef),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});
export const packagesBody = Type.Object({ packages: Type.Array(packageBody) });
export const packageParams = Type.Object({ name: packageName });

const exclusion = Type.Object({ id: text, reason: text });
/** What could go into a package of the case as things stand, what would stay out and why, and what is not complete. */
export const proposalBody = Type.Object({
  items: Type.Array(Type.Object({ id: text, name: text, bytes: count, sha256: text })),
  exclusions: Type.Array(exclusion),
  contents: Type.Object({
    exhibits: count,
    custody: count,
    reports: count,
    authorities: count,
    decisions: count,
    orders: count,
    answers: count,
    chronology: count,
  }),
  /** Each with how many it concerns; an empty list is a complete case. */
  gaps: Type.Array(
    Type.Object({
      code: Type.Enum([
        'files-left-out',
        'exhibits-without-digest',
        'exhibits-without-custody',
        'observations-unconfirmed',
        'orders-unanswered',
        'passes-not-ended',
        'archives-locked',
        'seized-files-not-packed',
        'no-time-authority',
        'no-witness',
      ]),
      count,
    }),
  ),
});

export const packageWish = Type.Object({
  name: packageName,
  reason: someText,
  /** Whom files are encrypted to; `nobody` is said on purpose. */
  recipients: Type.Union([
    Type.Literal('nobody'),
    Type.Array(Type.Object({ name: text, age: text }), { minItems: 1, maxItems: 50 }),
  ]),
  leaveOut: Type.Array(Type.Object({ id: text, reason: someText }), { maxItems: 100_000 }),
});
export const draftedBody = Type.Object({
  package: packageBody,
  needed: count,
  items: count,
  exclusions: Type.Array(exclusion),
});

/** What is to be approved, and who has. */
export const packageRequestBody = Type.Object({
  request: text,
  state: Type.Enum(['open', 'refused', 'used']),
  needed: count,
  requestedBy: text,
  requestedAt: instant,
  expiresAt: instant,
  reason: text,
  approvedBy: Type.Array(Type.Object({ person: text, method: text, at: instant })),
  refusedBy: nullable(text),
  items: Type.Array(Type.Object({ id: text, as: text, sha256, bytes: text })),
  exclusions: Type.Array(exclusion),
  recipients: Type.Array(Type.Object({ name: text, age: text })),
});
export const packageExport = Type.Object({ whenProofIsMissing: Type.Enum(['write', 'refuse'], { default: 'refuse' }) });

/** `PackageReport` of @tutela/evidence. `consistent`: nothing is at fault, and its keys were compared with nobody's. */
export const verifiedBody = Type.Object(
  {
    v: Type.Literal(1),
    verdict: Type.Enum(['verified', 'consistent', 'faulty']),
    checked: asStated,
    approvedBy: Type.Array(text),
    times: Type.Array(asStated),
    keys: Type.Array(asStated),
    faults: Type.Array(asStated),
    faultsTotal: count,
  },
  { additionalProperties: true },
);

export type PackageBody = Static<typeof packageBody>;
export type PackagesBody = Static<typeof packagesBody>;
export type ProposalBody = Static<typeof proposalBody>;
export type DraftedBody = Static<typeof draftedBody>;
export type PackageRequestBody = Static<typeof packageRequestBody>;
export type VerifiedBody = Static<typeof verifiedBody>;
