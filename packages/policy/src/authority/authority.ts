import type { Branded, UtcInstant } from '@tutela/core';
import type { PersonId } from '../approval/person.js';
import type { Condition } from './condition.js';
import type { Scope } from './scope.js';
import type { Step } from './step.js';

export type AuthorityId = Branded<string, 'policy.AuthorityId'>;

export type AuthorityKind = 'warrant' | 'production-order' | 'consent' | 'court-order' | 'detention-order' | 'mlat';

/**
 * A legal authority as its document states it (forensics.md §6.4). One version is never changed: a correction or an
 * extension is the next version, and only a version that a second person has verified grants anything.
 */
export interface Authority {
  readonly v: 1;
  readonly id: AuthorityId;
  /** 1, 2, … */
  readonly version: number;
  readonly caseRef: string;
  readonly kind: AuthorityKind;
  /** Who issued it; for consent, who gave it. */
  readonly issuedBy: string;
  readonly judge?: string;
  /** Of the court or the consent form. */
  readonly fileNumber: string;
  /** Such as `Criminal Code s. 487`. */
  readonly statute: string;
  readonly offence: string;
  readonly issuedAt: UtcInstant;
  /** In force from here … */
  readonly from: UtcInstant;
  /** … until before here. */
  readonly to: UtcInstant;
  readonly detention?: Detention;
  readonly reportToJustice?: { readonly due: UtcInstant };
  /** What is kept under it is to be gone or ruled on again by then. */
  readonly retainUntil?: UtcInstant;
  /** What the document grants, in its own words: its face, not the affidavit. */
  readonly operativeText: string;
  /** SHA-256 of the document, hexadecimal. */
  readonly documentSha256: string;
  readonly sealed: 'sealed' | 'open';
  readonly scope: Scope;
  /** The steps it grants, each by name: none implies another. */
  readonly grants: readonly Step[];
  readonly conditions: readonly Condition[];
  /** On what else a password found under it may be tried. */
  readonly secretReuse: SecretReuse;
  readonly enteredBy: PersonId;
  readonly enteredAt: UtcInstant;
}

export interface Detention {
  readonly until: UtcInstant;
  /** Orders that extended it, oldest first; `until` is that of the last. */
  readonly extensions: readonly {
    readonly orderedAt: UtcInstant;
    readonly fileNumber: string;
    readonly until: UtcInstant;
  }[];
}

/** `own`: nothing but what this authority covers. */
export type SecretReuse =
  | { readonly kind: 'own' }
  | { readonly kind: 'also'; readonly authorities: readonly AuthorityId[] };

/** An authority and what became of it. */
export interface AuthorityRecord {
  readonly authority: Authority;
  readonly verification?: { readonly by: readonly PersonId[]; readonly at: UtcInstant };
  readonly end?:
    | { readonly kind: 'revoked'; readonly at: UtcInstant; readonly by: string; readonly reason: string }
    | { readonly kind: 'superseded'; readonly at: UtcInstant; readonly by: string; readonly successor: AuthorityId };
}
