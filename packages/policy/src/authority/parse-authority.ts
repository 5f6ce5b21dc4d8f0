import { done, type Outcome, parseInstant, refused, type UtcInstant } from '@tutela/core';
import { z } from 'zod';
import { type PersonId, parsePersonId } from '../approval/person.js';
import { parseAddressRange } from './address.js';
import type { Authority, AuthorityId } from './authority.js';
import { steps } from './step.js';

const text = z.string().trim().min(1).max(1000);
const longText = z.string().trim().min(1).max(100_000);
const instant = z.string().transform((value, context): UtcInstant => {
  const moment = parseInstant(value);
  if (moment !== undefined) return moment;
  context.addIssue({ code: 'custom', message: 'a moment needs a date, a time and a zone' });
  return z.NEVER;
});
const person = z.string().refine((value) => parsePersonId(value) !== undefined) as unknown as z.ZodType<PersonId>;
const authorityId = z.uuid() as unknown as z.ZodType<AuthorityId>;
const address = z.string().refine((value) => parseAddressRange(value) !== undefined, 'no address or prefix');
const period = z
  .strictObject({ from: instant, to: instant })
  .refine(({ from, to }) => from < to, 'ends before it begins');
const limit = <T extends z.ZodType>(of: T) => z.union([z.literal('any'), z.array(of)]);
const named = <T extends z.ZodType>(of: T) => z.array(of).min(1).exactOptional();
const stepList = z
  .array(z.enum(steps))
  .min(1)
  .refine((list) => new Set(list).size === list.length, 'a step twice');

const exclusion = z
  .strictObject({
    sources: named(text),
    folders: named(text),
    accounts: named(text),
    addresses: named(address),
    periods: named(period),
    fileClasses: named(text),
    keywords: named(text),
    reason: text,
  })
  .refine((stated) => Object.keys(stated).length > 1, 'an exclusion names nothing that it excludes');

const scope = z.strictObject({
  sources: limit(text),
  accounts: limit(text),
  addresses: limit(address),
  periods: limit(period),
  fileClasses: limit(text),
  keywords: limit(text),
  exclusions: z.array(exclusion),
  privilegeTerms: z.array(text),
});

const condition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('second-person'), steps: stepList }),
  z.strictObject({ kind: z.literal('filter-team'), steps: stepList }),
  z.strictObject({ kind: z.enum(['protocol', 'place', 'other']), text }),
]);

const schema = z
  .strictObject({
    v: z.literal(1),
    id: authorityId,
    version: z.int().min(1),
    caseRef: text.max(200),
    kind: z.enum(['warrant', 'production-order', 'consent', 'court-order', 'detention-order', 'mlat']),
    issuedBy: text,
    judge: text.exactOptional(),
    fileNumber: text,
    statute: text,
    offence: text,
    issuedAt: instant,
    from: instant,
    to: instant,
    detention: z
      .strictObject({
        until: instant,
        extensions: z.array(z.strictObject({ orderedAt: instant, fileNumber: text, until: instant })),
      })
      .exactOptional(),
    reportToJustice: z.strictObject({ due: instant }).exactOptional(),
    retainUntil: instant.exactOptional(),
    operativeText: longText,
    documentSha256: z.string().regex(/^[0-9a-f]{64}$/),
    sealed: z.enum(['sealed', 'open']),
    scope,
    grants: stepList,
    conditions: z.array(condition),
    secretReuse: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('own') }),
      z.strictObject({ kind: z.literal('also'), authorities: z.array(authorityId).min(1) }),
    ]),
    enteredBy: person,
    enteredAt: instant,
  })
  .refine(({ from, to }) => from < to, 'it ends before it begins');

/** An authority as somebody entered it. Nothing is filled in: what the document does not say has to be said by a person. */
export const parseAuthority = (value: unknown): Outcome<Authority, 'malformed-authority'> => {
  const read = schema.safeParse(value);
  if (read.success) return done(read.data);
  const [issue] = read.error.issues;
  return refused('malformed-authority', `${issue?.path.join('.') || 'authority'}: ${issue?.message ?? 'not valid'}`);
};
