import { createHash } from 'node:crypto';
import {
  type AnswerDocument,
  type OrderDocument,
  readAnswerDocument,
  subscriberIdentitySchema,
} from '@tutela/attribution/exchange';
import { done, type JsonValue, type Outcome, refused } from '@tutela/core';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

const strict = { additionalProperties: false } as const;
const seconds = Type.Number({ minimum: 0 });
const { name, line, installationAddress, billingAddress } = subscriberIdentitySchema.properties;

/**
 * What stands in a letter about one question. `EXACT_ONE` only where the letter itself says that one customer held it
 * throughout and that its log is complete; `ONE_QUALIFIED` for a name without that.
 */
const answer = Type.Object(
  {
    /** From 1, as the letter of the order numbers them. */
    question: Type.Integer({ minimum: 1 }),
    outcome: Type.Enum(['EXACT_ONE', 'ONE_QUALIFIED', 'N_CANDIDATES', 'NONE_PROVEN', 'NONE_UNKNOWN', 'REFUSED']),
    /** Where there are several. */
    candidates: Type.Optional(Type.Integer({ minimum: 2 })),
    /** To the next other holder, where the letter tells. */
    marginSeconds: Type.Optional(Type.Object({ before: seconds, after: seconds }, strict)),
    reasons: Type.Optional(Type.Array(Type.String())),
    subscriber: Type.Optional(Type.Object({ name, line, installationAddress, billingAddress }, strict)),
  },
  strict,
);
const transcription = Type.Object(
  { dated: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), answers: Type.Array(answer) },
  strict,
);
type Answer = Static<typeof answer>;
type Released = AnswerDocument['answers'][number]['released'];

export type TranscriptionFault = 'transcription-malformed' | 'names-with-several' | 'names-not-asked-for';

/** The letter in the shape in which a provider with Tutela answers; its record is the scan. */
export const readTranscription = (
  typed: JsonValue,
  order: { readonly orderId: string; readonly sha256: string; readonly document: OrderDocument },
  scanSha256: string,
): Outcome<AnswerDocument, TranscriptionFault> => {
  if (!Value.Check(transcription, typed))
    return refused('transcription-malformed', 'it is not as tutela order answer --help says');
  const { dated, answers } = typed as Static<typeof transcription>;
  const { observations, disclose } = order.document;
  const inOrder = observations.map((_, at) => answers.filter(({ question }) => question === at + 1));
  if (inOrder.some(({ length }) => length !== 1) || answers.length !== observations.length)
    return refused('transcription-malformed', `the order has ${observations.length} questions; each is answered once`);
  const each = inOrder.flat();
  if (each.some((one) => one.subscriber !== undefined && !isOne(one)))
    return refused('names-with-several', 'a name stands only with one candidate; leave the names of several out');
  if (disclose !== 'identity' && each.some(({ subscriber }) => subscriber !== undefined))
    return refused('names-not-asked-for', `the order asks for a ${disclose}; a name was not asked for and is left out`);
  const document = {
    format: 'tutela-attribution-answers/1',
    orderId: `letter/${order.orderId}`,
    orderSha256: order.sha256,
    reference: order.document.reference,
    releasedAt: `${dated}T00:00:00.000Z`,
    answers: each.map((one, at) => ({
      answerId: `letter/${order.orderId}/${at + 1}`,
      recordSha256: scanSha256,
      released: releasedOf(one, observations[at]!, { id: order.orderId, sha256: order.sha256 }),
    })),
    identities: identitiesOf(each, order.orderId),
  };
  const read = readAnswerDocument(JSON.parse(JSON.stringify(document)));
  return read.kind === 'done' ? done(read.value) : refused('transcription-malformed', read.reason.message);
};

const isOne = ({ outcome }: Answer): boolean => outcome === 'EXACT_ONE' || outcome === 'ONE_QUALIFIED';

const releasedOf = (
  one: Answer,
  asked: OrderDocument['observations'][number],
  order: Released['order'],
): Record<string, unknown> => {
  const common = {
    order,
    outcome: one.outcome,
    reasons: one.reasons ?? [],
    window: windowOf(asked),
    caveats: ['SUBSCRIBER_IS_NOT_USER'],
  };
  if (isOne(one)) {
    const exact = (of: number) => ({ kind: 'exact', ms: Math.round(of * 1000) });
    const { marginSeconds: margin, subscriber } = one;
    return {
      ...common,
      candidates: 1,
      ...(margin === undefined ? {} : { margin: { before: exact(margin.before), after: exact(margin.after) } }),
      subscriber: subscriber === undefined ? 'withheld' : handleOf(subscriber, order.id),
    };
  }
  if (one.outcome === 'N_CANDIDATES')
    return { ...common, candidates: one.candidates, floor: 1 / (one.candidates ?? Number.NaN) };
  return { ...common, candidates: 0 };
};

const windowOf = ({ from, to = from, clock }: OrderDocument['observations'][number]): Released['window'] => {
  const errorMs = clock.errorSeconds === 'unknown' ? 0 : Math.ceil(1000 * clock.errorSeconds);
  return { from: Date.parse(from.utc) - errorMs, to: Date.parse(to.utc) + errorMs };
};

/** Letters have no handles: the same person in one letter is the same. */
const handleOf = (subscriber: NonNullable<Answer['subscriber']>, orderId: string): string =>
  createHash('sha256')
    .update(JSON.stringify([orderId, ...Object.entries(subscriber).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex')
    .slice(0, 32);

const identitiesOf = (each: readonly Answer[], orderId: string): AnswerDocument['identities'] => {
  const known = new Map<string, AnswerDocument['identities'][number]>();
  for (const { subscriber } of each) {
    if (subscriber === undefined) continue;
    const handle = handleOf(subscriber, orderId);
    const reasons: AnswerDocument['identities'][number]['reasons'] = [];
    if (subscriber.line !== 'residential') reasons.push('BUSINESS_OR_SHARED_LINE');
    if (subscriber.installationAddress !== subscriber.billingAddress) reasons.push('BILLING_NE_INSTALLATION_ADDRESS');
    known.set(handle, { subscriber: handle, ...subscriber, reasons });
  }
  return [...known.values()];
};
