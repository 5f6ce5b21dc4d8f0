import { z } from 'zod';

export const requestKinds = ['preservation', 'budapest-29', 'mla', 'epoc', 'epoc-pr'] as const;
export type RequestKind = (typeof requestKinds)[number];
const dataClasses = ['subscriber', 'identifying', 'traffic', 'content'] as const;

const line = z.string().trim().min(1).max(500);
const prose = z.string().trim().min(1).max(20_000);
const maybe = z.string().trim().max(20_000).optional();
const country = z.string().regex(/^[A-Z]{2}$/);
const moment = z.iso.datetime({ offset: true });

/**
 * The one record that every document of a request is a view of (protocols.md §6.3). Free text stays in the words of who
 * wrote it; what the program says around it is in the addressee's language.
 */
export const requestRecord = z.strictObject({
  kind: z.enum(requestKinds),
  legalBasis: z.strictObject({ instrument: line, article: line.optional(), text: maybe }),
  issuing: z.strictObject({ state: country, authority: line, officer: line, contact24h: line }),
  validating: z.strictObject({ authority: line, officer: line }).optional(),
  addressee: z.strictObject({
    name: line,
    address: line,
    country,
    /** Where it stands in the registry of authorities. */
    authorityId: line.optional(),
  }),
  caseRef: line,
  crossRefs: z.array(line).max(50).default([]),
  urgency: z.strictObject({
    level: z.enum(['normal', 'urgent', 'emergency']),
    ground: maybe,
    deadline: moment.optional(),
  }),
  targets: z
    .array(
      z.strictObject({
        type: line,
        value: line,
        port: z.int().min(0).max(65_535).optional(),
        from: moment.optional(),
        to: moment.optional(),
        service: line.optional(),
      }),
    )
    .min(1)
    .max(1000),
  data: z
    .array(
      z.strictObject({
        class: z.enum(dataClasses),
        description: line,
        from: moment.optional(),
        to: moment.optional(),
      }),
    )
    .min(1)
    .max(100),
  offence: z.strictObject({ code: line, text: prose, maxPenalty: line }),
  facts: prose,
  necessity: prose,
  proportionality: prose,
  confidentiality: z.strictObject({
    notice: z.enum(['withhold', 'allowed']),
    until: moment.optional(),
    ground: maybe,
  }),
  /** How long data are to be kept; `periodOf` says what each instrument allows. */
  preservationDays: z.int().min(1).max(365).optional(),
  delivery: z.strictObject({ format: line, hash: line, encryption: line, to: line }),
  /** BCP 47; of the addressee. */
  language: z.enum(['en', 'es', 'pt-BR']),
  /** What only a draft of mutual legal assistance has; left out it is said to be missing. */
  assistance: z
    .strictObject({
      centralAuthority: line.optional(),
      persons: maybe,
      nexus: maybe,
      procedure: maybe,
      assurances: maybe,
    })
    .optional(),
});
export type RequestRecord = z.output<typeof requestRecord>;
