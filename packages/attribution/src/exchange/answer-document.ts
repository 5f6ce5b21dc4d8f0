import { done, type Outcome, refused } from '@tutela/core';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { mistakes } from '../answer/mistakes.js';
import { answerReasons, inputReasons } from '../reason.js';
import { instantSchema, sha256Schema } from './asked-observation.js';

export const answerDocumentFormat = 'tutela-attribution-answers/1';
const strict = { additionalProperties: false } as const;
const ms = Type.Integer();
const span = Type.Object({ from: ms, to: ms }, strict);
const reasons = Type.Array(Type.Enum([...answerReasons, ...inputReasons]));
const handle = Type.Union([Type.String({ pattern: '^[0-9a-f]{32}$' }), Type.Literal('withheld')]);
const order = Type.Object({ id: Type.String(), sha256: sha256Schema }, strict);
const distance = Type.Object({ kind: Type.Enum(['exact', 'at-least']), ms }, strict);
const coverage = Type.Union([
  Type.Object({ kind: Type.Enum(['proven', 'not-evidenced']) }, strict),
  Type.Object(
    {
      kind: Type.Literal('gap'),
      gaps: Type.Array(Type.Object({ from: ms, to: ms, cause: Type.String() }, strict)),
    },
    strict,
  ),
]);
const sensitivity = Type.Enum(['same', 'would-change', 'not-applicable', 'not-kept']);

const common = {
  order,
  reasons,
  /** The time that was asked about with the observer's error: milliseconds UTC, inclusive. */
  window: span,
  caveats: Type.Tuple([Type.Literal('SUBSCRIBER_IS_NOT_USER')]),
} as const;

/** Closed shapes: of several candidates there is nowhere to put anything but their number. */
const releasedAnswerSchema = Type.Union([
  Type.Object(
    {
      ...common,
      outcome: Type.Enum(['EXACT_ONE', 'ONE_QUALIFIED']),
      candidates: Type.Literal(1),
      margin: Type.Optional(Type.Object({ before: distance, after: distance }, strict)),
      coverage: Type.Optional(coverage),
      load: Type.Optional(Type.Object({ lambda: Type.Number(), subscribersOnAddress: Type.Integer() }, strict)),
      mistakes: Type.Optional(
        Type.Object(
          Object.fromEntries(mistakes.map((mistake) => [mistake, sensitivity])) as Record<
            (typeof mistakes)[number],
            typeof sensitivity
          >,
          strict,
        ),
      ),
      subscriber: handle,
    },
    strict,
  ),
  Type.Object(
    {
      ...common,
      outcome: Type.Literal('N_CANDIDATES'),
      candidates: Type.Integer({ minimum: 2 }),
      floor: Type.Number(),
    },
    strict,
  ),
  Type.Object(
    {
      ...common,
      outcome: Type.Enum(['NONE_PROVEN', 'NONE_UNKNOWN']),
      candidates: Type.Literal(0),
      coverage: Type.Optional(coverage),
    },
    strict,
  ),
  Type.Object({ ...common, outcome: Type.Literal('REFUSED'), candidates: Type.Literal(0) }, strict),
]);

const address = Type.String({ minLength: 1, maxLength: 1000 });

/** Whom a handle stands for. Where the line is and who pays for it are two addresses. */
export const subscriberIdentitySchema = Type.Object(
  {
    subscriber: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    name: Type.String({ minLength: 1, maxLength: 500 }),
    line: Type.Enum(['residential', 'business', 'shared']),
    installationAddress: address,
    billingAddress: address,
    reasons: Type.Array(Type.Enum(['BUSINESS_OR_SHARED_LINE', 'BILLING_NE_INSTALLATION_ADDRESS'])),
  },
  strict,
);
export type SubscriberIdentity = Static<typeof subscriberIdentitySchema>;

/** The answers to one order, in the order of its observations, and nothing about anybody who is not named in it. */
export const answerDocumentSchema = Type.Object(
  {
    format: Type.Literal(answerDocumentFormat),
    orderId: Type.String(),
    orderSha256: sha256Schema,
    reference: Type.String(),
    releasedAt: instantSchema,
    answers: Type.Array(
      Type.Object(
        {
          /** For a later question about it: `tutela provider reproduce`. */
          answerId: Type.String(),
          /** SHA-256 of the record from which it can be made again, byte for byte. */
          recordSha256: sha256Schema,
          released: releasedAnswerSchema,
        },
        strict,
      ),
    ),
    together: Type.Optional(
      Type.Object(
        {
          order,
          outcome: Type.Enum(['EXACT_ONE', 'ONE_QUALIFIED', 'N_CANDIDATES', 'NONE_PROVEN', 'NONE_UNKNOWN', 'REFUSED']),
          reasons,
          sizes: Type.Array(Type.Integer({ minimum: 0 })),
          candidates: Type.Integer({ minimum: 0 }),
          subscriber: handle,
          caveats: Type.Tuple([
            Type.Literal('SUBSCRIBER_IS_NOT_USER'),
            Type.Literal('ASSUMES_ONE_SUBSCRIBER_THROUGHOUT'),
          ]),
        },
        strict,
      ),
    ),
    /** Only where the order says `identity`: one for each handle above. */
    identities: Type.Array(subscriberIdentitySchema),
  },
  strict,
);
export type AnswerDocument = Static<typeof answerDocumentSchema>;

/** An answer from JSON. */
export const readAnswerDocument = (value: unknown): Outcome<AnswerDocument, 'answer-malformed'> =>
  read(answerDocumentSchema, value) === 'has-it'
    ? done(value as AnswerDocument)
    : refused('answer-malformed', 'the answer has another form than docs/attribution-exchange.md says');

const read = (schema: TSchema, value: unknown): 'has-it' | 'has-not' =>
  Value.Check(schema, value) ? 'has-it' : 'has-not';
