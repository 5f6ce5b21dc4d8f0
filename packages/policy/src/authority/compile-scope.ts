import type { UtcInstant } from '@tutela/core';
import { type Asked, type Bar, type CompiledAuthority, compileAuthority } from './compile-authority.js';
import type { Decision, DecisionReason, Grounds, PolicyObject } from './decision.js';
import type { Freeze } from './freeze.js';
import { holdsTerm, type Test } from './reach.js';
import { versionsInPlay } from './standing.js';
import type { Step } from './step.js';

/** The authorities of a case as they stand at a moment, made ready for many objects. */
export interface CompiledScope {
  readonly caseRef: string;
  readonly at: UtcInstant;
  readonly decide: (asked: Asked) => Decision;
}

/**
 * For bulk work: everything that does not depend on the object is done once. It answers exactly as `decide` does.
 * @throws PolicyError `invalid` for an authority that never was one
 */
export const compileScope = (grounds: Grounds, caseRef: string, at: UtcInstant): CompiledScope => {
  const inPlay = versionsInPlay(
    grounds.authorities.filter(({ authority }) => authority.caseRef === caseRef),
    at,
  );
  const holdsPrivilegeTerm = privilegeTest(grounds, caseRef, at);
  const authorities = inPlay
    .map((record) => compileAuthority(record, at, holdsPrivilegeTerm))
    .sort((one, other) => compare(keyOf(one), keyOf(other)));
  const freezes = grounds.freezes.filter((freeze) => freeze.caseRef === caseRef && freeze.at <= at);
  return {
    caseRef,
    at,
    decide: (asked) => {
      const frozen = preserving.has(asked.step) ? [] : freezes.filter((freeze) => holds(freeze, asked.object));
      const barred: Barred[] = [];
      for (const authority of authorities) {
        const bar = freezeBar(authority, frozen, at) ?? authority.barTo(asked);
        if (bar === undefined) return authority.allowance(asked.step);
        barred.push({ authority, bar });
      }
      return barred.length === 0 ? noAuthority : answerOf(barred);
    },
  };
};

/**
 * Privilege terms are the case's, whichever authority brought them and whatever became of it: what is counsel's does not
 * turn into the case team's because another authority did not name them.
 */
const privilegeTest = ({ authorities }: Grounds, caseRef: string, at: UtcInstant): Test => {
  const terms = authorities.flatMap(({ authority }) =>
    authority.caseRef === caseRef && authority.enteredAt <= at ? authority.scope.privilegeTerms : [],
  );
  return terms.length === 0 ? () => 'no' : holdsTerm(terms);
};

/** Freezing keeps things as they are: they may be kept and hashed. */
const preserving: ReadonlySet<Step> = new Set(['store', 'hash']);

const holds = ({ extent }: Freeze, object: PolicyObject): boolean => {
  switch (extent.kind) {
    case 'case':
      return true;
    case 'source':
      return extent.sourceId === object.sourceId;
    case 'item':
      return extent.itemRef === object.itemRef;
  }
};

const freezeBar = ({ record }: CompiledAuthority, frozen: readonly Freeze[], at: UtcInstant): Bar | undefined => {
  const stays = frozen.find(({ lift }) => lift === undefined || lift.at > at || lift.authority !== record.authority.id);
  return stays === undefined ? undefined : { rule: 'freeze', need: 'authority', detail: stays.id };
};

interface Barred {
  readonly authority: CompiledAuthority;
  readonly bar: Bar;
}

const noAuthority: Decision = {
  answer: 'needs',
  need: 'authority',
  rule: 'authority.none',
  reasons: [{ rule: 'authority.none' }],
};

/** What is nearest to an allowance comes first. */
const nearness: readonly Bar['need'][] = ['filter-team', 'second-person', 'fact', 'nothing-helps', 'authority'];

const answerOf = (barred: readonly Barred[]): Decision => {
  const ordered = [...barred].sort((one, other) => nearness.indexOf(one.bar.need) - nearness.indexOf(other.bar.need));
  const reasons = ordered.map(
    ({ authority, bar: { rule, detail } }): DecisionReason => ({
      rule,
      authority: authority.record.authority.id,
      ...(detail !== undefined && { detail }),
    }),
  );
  const { rule, need } = (ordered[0] as Barred).bar;
  return need === 'nothing-helps' ? { answer: 'deny', rule, reasons } : { answer: 'needs', need, rule, reasons };
};

const keyOf = ({ record: { authority } }: CompiledAuthority): string =>
  `${authority.id} ${String(authority.version).padStart(9, '0')}`;
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
