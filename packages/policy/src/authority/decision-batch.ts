import { done, groupBy, type Outcome, refused, toHex, type UtcInstant } from '@tutela/core';
import type { PersonId } from '../approval/person.js';
import { PolicyError } from '../policy-error.js';
import type { AuthorityId } from './authority.js';
import { compileScope } from './compile-scope.js';
import type { Actor, Decision, Grounds, Need, PolicyObject, RuleId } from './decision.js';
import type { Step } from './step.js';

/** One decision on many objects: which, by number and digest, and on what it rests. */
export interface DecisionBatch {
  readonly v: 1;
  readonly caseRef: string;
  readonly step: Step;
  readonly at: UtcInstant;
  readonly actor?: PersonId;
  /** The second person, where a condition asked for one. */
  readonly second?: PersonId;
  readonly answer: Decision['answer'];
  readonly need?: Need;
  readonly rule: RuleId;
  /** The authority that allows, or the one whose bar was nearest. */
  readonly authority?: AuthorityId;
  /** Of the authority that allows. */
  readonly version?: number;
  /** What the objects have in common for whoever reads it: a folder, a batch of work. */
  readonly group: string;
  readonly count: number;
  /** SHA-256 of the objects' references, sorted by code unit, each as JSON text with a newline; hexadecimal. */
  readonly objectsSha256: string;
}

/** What of an object's decision goes on record. */
export interface DecidedObject {
  /** Names the object for good: `exhibit-3/mail/2025-04.zip`. */
  readonly ref: string;
  readonly group: string;
  readonly decision: Decision;
}

/** Objects in one call at most; work in larger portions is told in several batches. */
export const largestBatch = 100_000;

interface About {
  readonly caseRef: string;
  readonly step: Step;
  readonly at: UtcInstant;
  readonly actor?: PersonId;
  readonly second?: PersonId;
}

/**
 * The decisions on a portion of work, one batch for each group and ground.
 * @throws PolicyError `invalid` for more than `largestBatch` objects
 */
export const batchDecisions = async (
  about: About,
  decided: readonly DecidedObject[],
): Promise<readonly DecisionBatch[]> => {
  if (decided.length > largestBatch) throw new PolicyError('invalid', `a batch has at most ${largestBatch} objects`);
  const groups = groupBy(decided, ({ group, decision }) => JSON.stringify([group, groundOf(decision)]));
  const batches = [...groups.values()].map(async (ones): Promise<DecisionBatch> => {
    const { group, decision } = ones[0] as DecidedObject;
    const objectsSha256 = await digestOf(ones.map(({ ref }) => ref));
    return { v: 1, ...about, ...groundOf(decision), group, count: ones.length, objectsSha256 };
  });
  return Promise.all(batches);
};

type Ground = Pick<DecisionBatch, 'answer' | 'need' | 'rule' | 'authority' | 'version'>;

const groundOf = (decision: Decision): Ground => {
  const authority = decision.reasons[0]?.authority;
  return {
    answer: decision.answer,
    ...(decision.answer === 'needs' && { need: decision.need }),
    rule: decision.rule,
    ...(authority !== undefined && { authority }),
    ...(decision.answer === 'allow' && { version: decision.version }),
  };
};

const sameGround = (one: Ground, other: Ground): 'same' | 'other' =>
  (['answer', 'need', 'rule', 'authority', 'version'] as const).every((name) => one[name] === other[name])
    ? 'same'
    : 'other';

const digestOf = async (refs: readonly string[]): Promise<string> => {
  const text = [...refs]
    .sort()
    .map((ref) => `${JSON.stringify(ref)}\n`)
    .join('');
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
};

/** Decides a recorded batch again on the same grounds, for whoever checks. */
export const recheckBatch = async (
  batch: DecisionBatch,
  objects: readonly { readonly ref: string; readonly object: PolicyObject }[],
  grounds: Grounds,
  people: { readonly actor?: Actor; readonly second?: Actor } = {},
): Promise<Outcome<DecisionBatch, 'other-objects' | 'other-actor' | 'decides-otherwise'>> => {
  if (objects.length !== batch.count || (await digestOf(objects.map(({ ref }) => ref))) !== batch.objectsSha256)
    return refused('other-objects', 'these are not the objects that were decided on');
  if (people.actor?.id !== batch.actor || people.second?.id !== batch.second)
    return refused('other-actor', 'somebody else acted');
  const scope = compileScope(grounds, batch.caseRef, batch.at);
  for (const { ref, object } of objects) {
    const again = groundOf(scope.decide({ step: batch.step, object, ...people }));
    if (sameGround(again, batch) === 'other')
      return refused('decides-otherwise', `${ref} is decided otherwise: ${again.answer}, ${again.rule}`);
  }
  return done(batch);
};
