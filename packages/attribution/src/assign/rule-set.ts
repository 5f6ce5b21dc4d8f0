import { type Branded, done, type Outcome, refused, undecidable } from '@tutela/core';
import type { AssignedHolder, Assignment } from './assigned.js';
import { isPort } from './assigned.js';
import { type BindingTableRule, bindingTableAssignment } from './binding-table.js';
import { type JunosDeterministicRule, junosAssignment } from './junos-deterministic.js';
import { type MapRule, mapAssignment } from './map.js';
import { type SequentialRule, sequentialAssignment } from './sequential.js';
import { type StaticPortsRule, staticPortsAssignment } from './static-ports.js';

export type AssignmentRule = SequentialRule | JunosDeterministicRule | MapRule | BindingTableRule | StaticPortsRule;

/** What the device itself says of one port: its test function, or a connection made for the purpose. */
export interface TestVector {
  readonly outside: number;
  readonly port: number;
  readonly holder: AssignedHolder;
}

/** A rule that agreed with the device. Only such rules answer questions. */
export type VerifiedRule = Branded<{ readonly rule: AssignmentRule; readonly assignment: Assignment }, 'VerifiedRule'>;

type RuleReason = 'RULE_MALFORMED' | 'RULE_UNSUPPORTED' | 'TEST_VECTOR_MISSING' | 'TEST_VECTOR_DIFFERS';

/**
 * Enables a rule after it named the same customer as the device for every vector, both ways. RFC 7422 §3 asks for such
 * a test: 14 or 16 customers in a network is one digit in a configuration and another customer in every answer.
 */
export const verifyRule = (rule: AssignmentRule, vectors: readonly TestVector[]): Outcome<VerifiedRule, RuleReason> => {
  const assignment = assignmentOf(rule);
  if (assignment.kind !== 'done') return assignment;
  if (vectors.length === 0) return refused('TEST_VECTOR_MISSING', 'a rule is enabled by what the device itself says');
  const differs = vectors.findIndex((vector) => !agrees(assignment.value, vector));
  return differs >= 0
    ? refused('TEST_VECTOR_DIFFERS', `the device says otherwise in test vector ${differs + 1}`)
    : done({ rule, assignment: assignment.value } as VerifiedRule);
};

const assignmentOf = (rule: AssignmentRule): Outcome<Assignment, 'RULE_MALFORMED' | 'RULE_UNSUPPORTED'> => {
  switch (rule.kind) {
    case 'rfc7422':
      return sequentialAssignment(rule);
    case 'junos-deterministic':
      return junosAssignment(rule);
    case 'map-e':
    case 'map-t':
      return mapAssignment(rule);
    case 'lw4o6':
      return bindingTableAssignment(rule);
    case 'static-ports':
      return staticPortsAssignment(rule);
    default:
      return rule satisfies never;
  }
};

const agrees = (assignment: Assignment, { outside, port, holder }: TestVector): boolean => {
  if (!isPort(port)) return false;
  const named = assignment.holderOf(outside, port);
  const ranges = assignment.rangesOf(holder);
  if (named.kind !== 'done' || ranges.kind !== 'done' || !sameHolder(named.value, holder)) return false;
  return ranges.value.some((range) => range.ip4 === outside && port >= range.portFirst && port <= range.portLast);
};

export const sameHolder = (a: AssignedHolder, b: AssignedHolder): boolean =>
  a.kind === 'inside-ip4'
    ? b.kind === 'inside-ip4' && a.ip4 === b.ip4
    : b.kind === 'ip6' && a.prefix.value === b.prefix.value && a.prefix.length === b.prefix.length;

/** A rule and when it was in force, milliseconds UTC, `to` exclusive; `undefined` while it still is. */
export interface RuleVersion {
  readonly from: number;
  readonly to: number | undefined;
  readonly rule: VerifiedRule;
}

/** The history of one NAT's configuration. Versions do not overlap. */
export interface RuleSet {
  readonly natInstance: string;
  readonly versions: readonly RuleVersion[];
}

export const makeRuleSet = (
  natInstance: string,
  versions: readonly RuleVersion[],
): Outcome<RuleSet, 'RULE_MALFORMED'> => {
  const sorted = [...versions].sort((a, b) => a.from - b.from);
  const overlaps = sorted.some((version, at) => {
    const before = sorted[at - 1];
    return (
      (version.to !== undefined && version.to <= version.from) ||
      (before !== undefined && (before.to ?? Infinity) > version.from)
    );
  });
  return overlaps
    ? refused('RULE_MALFORMED', 'versions are in force one after another')
    : done({ natInstance, versions: sorted });
};

/** The rules in force at any moment of the window, ends included; undecidable if some of it has no version. */
export const rulesDuring = (
  set: RuleSet,
  from: number,
  to: number,
): Outcome<readonly VerifiedRule[], 'RULESET_UNVERSIONED'> => {
  const during = set.versions.filter((version) => version.from <= to && (version.to ?? Infinity) > from);
  const uncovered = undecidable('RULESET_UNVERSIONED', 'no rule is on record for all of the time asked about');
  if (during.length === 0 || during[0]!.from > from || (during.at(-1)!.to ?? Infinity) <= to) return uncovered;
  const gap = during.some((version, at) => at > 0 && during[at - 1]!.to !== version.from);
  return gap ? uncovered : done(during.map((version) => version.rule));
};
