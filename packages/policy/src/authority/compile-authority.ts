import type { UtcInstant } from '@tutela/core';
import type { AuthorityRecord } from './authority.js';
import type { Decision, DecisionReason, Need, Question, RuleId } from './decision.js';
import { privilegeBar, roleBar, secondPersonBar } from './people-rules.js';
import {
  conditionsOf,
  covered,
  type Fact,
  holdsTerm,
  oneOf,
  type Reach,
  type Test,
  within,
  withinAddresses,
} from './reach.js';
import { standingOf } from './standing.js';
import { type Step, steps } from './step.js';

/** What stands in the way of an act: what it would need, or that nothing helps. */
export interface Bar {
  readonly rule: RuleId;
  readonly need: Need | 'nothing-helps';
  readonly detail?: string;
}

/** A question without what is the same for all objects. */
export type Asked = Omit<Question, 'caseRef' | 'at'>;

/** One authority's word. */
export interface CompiledAuthority {
  readonly record: AuthorityRecord;
  readonly barTo: (asked: Asked) => Bar | undefined;
  /** The one decision for each step that it allows, so that a million of them cost nothing. */
  readonly allowance: (step: Step) => Decision;
}

/**
 * From which step on a fact has to be known: what listing tells, before anything is compared; what reading tells,
 * before a person looks. Until then nobody could know it, and nothing is shown.
 */
const neededFrom: Readonly<Record<Fact, Step>> = {
  sourceId: 'store',
  path: 'match',
  account: 'match',
  address: 'match',
  at: 'match',
  fileClass: 'match',
  terms: 'view',
};
const rank: Readonly<Record<Step, number>> = Object.fromEntries(steps.map((step, at) => [step, at])) as Record<
  Step,
  number
>;

/** @param holdsPrivilegeTerm whether an object holds a privilege term of any authority of the case */
export const compileAuthority = (
  record: AuthorityRecord,
  at: UtcInstant,
  holdsPrivilegeTerm: Test,
): CompiledAuthority => {
  const { authority } = record;
  const standing = standingOf(record, at);
  const granted = new Set(authority.grants);
  const scopeBar = compileScopeTests(record);
  const allowances = new Map(authority.grants.map((step) => [step, allowanceOf(record, step)]));
  return {
    record,
    allowance: (step) => allowances.get(step) ?? allowanceOf(record, step),
    barTo: (asked) => {
      if (standing !== 'in-force' && standing !== 'authority.unverified') return { rule: standing, need: 'authority' };
      if (!granted.has(asked.step)) return { rule: 'step.not-granted', need: 'authority', detail: asked.step };
      const bar =
        scopeBar(asked) ??
        privilegeBar(authority, asked, holdsPrivilegeTerm) ??
        roleBar(authority, asked, holdsPrivilegeTerm) ??
        secondPersonBar(authority, asked);
      if (bar !== undefined) return bar;
      return standing === 'in-force' ? undefined : { rule: standing, need: 'second-person' };
    },
  };
};

const allowanceOf = ({ authority: { id, version, conditions } }: AuthorityRecord, step: Step): Decision => {
  const reasons: readonly DecisionReason[] = [{ rule: 'grant', authority: id, detail: step }];
  const keepTo = conditions.flatMap((condition) => ('text' in condition ? [condition.text] : []));
  return { answer: 'allow', rule: 'grant', authority: id, version, keepTo, reasons };
};

interface Inclusion {
  readonly fact: Fact;
  readonly rule: RuleId;
  readonly test: Test;
}

const compileScopeTests = ({ authority: { scope } }: AuthorityRecord): ((asked: Asked) => Bar | undefined) => {
  const inclusion = (fact: Fact, rule: RuleId, test: Test | undefined): readonly Inclusion[] =>
    test === undefined ? [] : [{ fact, rule, test }];
  const inclusions = [
    ...inclusion(
      'sourceId',
      'scope.source',
      covered(scope.sources, (values) => oneOf('sourceId', values)),
    ),
    ...inclusion(
      'account',
      'scope.account',
      covered(scope.accounts, (values) => oneOf('account', values)),
    ),
    ...inclusion('address', 'scope.address', covered(scope.addresses, withinAddresses)),
    ...inclusion('at', 'scope.period', covered(scope.periods, within)),
    ...inclusion(
      'fileClass',
      'scope.file-class',
      covered(scope.fileClasses, (values) => oneOf('fileClass', values)),
    ),
    ...inclusion('terms', 'scope.keyword', covered(scope.keywords, holdsTerm)),
  ];
  const exclusions = scope.exclusions.map((exclusion) => ({
    reason: exclusion.reason,
    conditions: conditionsOf(exclusion),
  }));
  return ({ step, object }) => {
    let unknown: Bar | undefined;
    for (const { reason, conditions } of exclusions) {
      const found = conditions.map(({ test }) => test(object));
      if (found.every((reach) => reach === 'yes')) return { rule: 'exclusion', need: 'nothing-helps', detail: reason };
      if (found.includes('no')) continue;
      const missing = conditions.find((condition, at) => lacks(found[at], condition.fact, step));
      if (missing !== undefined) unknown ??= { rule: 'exclusion.unknown', need: 'fact', detail: missing.fact };
    }
    for (const { fact, rule, test } of inclusions) {
      const reach = test(object);
      if (reach === 'no') return { rule, need: 'authority' };
      if (lacks(reach, fact, step)) unknown ??= { rule: 'scope.unknown', need: 'fact', detail: fact };
    }
    return unknown;
  };
};

const lacks = (reach: Reach | undefined, fact: Fact, step: Step): boolean =>
  reach === 'unknown' && rank[step] >= rank[neededFrom[fact]];
