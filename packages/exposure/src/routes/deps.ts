import type { Clock, Outcome, UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { Effect } from '@tutela/ledger/postgres';
import type { Decoder } from '@tutela/media';
import type { PersonId } from '@tutela/policy';
import type { Category } from '../category.js';
import type { LookingDesk } from '../desk-name.js';
import type { RevealRow } from '../postgres/tables.js';
import type { ExposureRules } from '../rules.js';

/** What looking works with. */
export interface ExposureDeps {
  /** With the schemas `ledger`, `policy` and `exposure` up to date. */
  readonly db: Db;
  readonly clock: Clock;
  readonly decoder: Decoder;
  readonly rules: ExposureRules;
}

/** A file that somebody may look at now, as its desk knows it. */
export interface LookSubject {
  readonly desk: LookingDesk;
  /** The desk's name of it, such as `match/UUID`; what belongs together begins alike up to a slash. */
  readonly ref: string;
  readonly sha256: string;
  readonly size: number;
  /** What is known of it before anybody looks; empty counts as `unsorted`. */
  readonly categories: readonly Category[];
  /** Chains the event to the others of its case. */
  readonly caseRef?: string;
  /** The bytes; asked for only once the person may see them. */
  readonly open: () => Promise<Outcome<Uint8Array>>;
  /** What the desk writes of its own in the transaction of a reveal. */
  readonly alongside?: (tx: Tx, reveal: RevealRow) => Promise<readonly Effect[]>;
}

/** Who wants to look, and how. */
export interface Looker {
  readonly person: PersonId;
  readonly at: UtcInstant;
  readonly how: 'preview' | 'reveal';
}
