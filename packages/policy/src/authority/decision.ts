import type { UtcInstant } from '@tutela/core';
import type { PersonId } from '../approval/person.js';
import type { AuthorityId, AuthorityRecord } from './authority.js';
import type { Freeze } from './freeze.js';
import type { Period } from './scope.js';
import type { Step } from './step.js';

/** What somebody wants to do something with. What is not stated is not known. */
export interface PolicyObject {
  /** Exhibit or other source. */
  readonly sourceId: string;
  /** Of the object itself within its case, for freezes and the filter team. */
  readonly itemRef?: string;
  /** With `/`, within the source. */
  readonly path?: string;
  readonly account?: string;
  readonly address?: string;
  /** The object's moment, or the window that is asked about. */
  readonly at?: UtcInstant | Period;
  readonly fileClass?: string;
  /** Keywords and privilege terms found in it; an empty list says that it was read and holds none. */
  readonly terms?: readonly string[];
  /** `claimed`: with the filter team or to go there. `withheld` and `released` are its rulings. Absent: not raised. */
  readonly privilege?: 'claimed' | 'withheld' | 'released';
}

/** `filter` is of the filter team and nothing else of the case; `oversight` sees records, never content. */
export type Role = 'lead' | 'examiner' | 'filter' | 'oversight';

/** Whoever acts, or in whose stead a program does, with the roles they have in the case. */
export interface Actor {
  readonly id: PersonId;
  readonly roles: readonly Role[];
}

export interface Question {
  readonly caseRef: string;
  readonly step: Step;
  readonly object: PolicyObject;
  readonly at: UtcInstant;
  /** Needed to view and to disclose. */
  readonly actor?: Actor;
  /** Present as the second person, where a condition asks for one. */
  readonly second?: Actor;
}

/** All that a decision rests on. */
export interface Grounds {
  readonly authorities: readonly AuthorityRecord[];
  readonly freezes: readonly Freeze[];
}

/** Why, by name; a lawyer reads the same names in `docs/authority.md`. */
export type RuleId =
  | 'grant'
  | 'authority.none'
  | 'authority.unverified'
  | 'authority.not-yet'
  | 'authority.expired'
  | 'authority.revoked'
  | 'authority.superseded'
  | 'step.not-granted'
  | 'scope.source'
  | 'scope.account'
  | 'scope.address'
  | 'scope.period'
  | 'scope.file-class'
  | 'scope.keyword'
  | 'scope.unknown'
  | 'exclusion'
  | 'exclusion.unknown'
  | 'privilege'
  | 'condition.filter-team'
  | 'condition.second-person'
  | 'freeze'
  | 'role';

export interface DecisionReason {
  readonly rule: RuleId;
  readonly authority?: AuthorityId;
  /** Which fact, exclusion, freeze or role. */
  readonly detail?: string;
}

/** What would turn the answer. */
export type Need = 'authority' | 'second-person' | 'filter-team' | 'fact';

export type Decision =
  | {
      readonly answer: 'allow';
      readonly rule: 'grant';
      readonly authority: AuthorityId;
      readonly version: number;
      /** Conditions in words that whoever acts has to keep to. */
      readonly keepTo: readonly string[];
      readonly reasons: readonly DecisionReason[];
    }
  | { readonly answer: 'deny'; readonly rule: RuleId; readonly reasons: readonly DecisionReason[] }
  | {
      readonly answer: 'needs';
      readonly need: Need;
      readonly rule: RuleId;
      readonly reasons: readonly DecisionReason[];
    };
