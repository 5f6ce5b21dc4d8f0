import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { PersonId } from '@tutela/policy';
import type { JSONColumnType } from 'kysely';
import type { LookingDesk } from '../desk-name.js';
import type { OutcomeKind } from '../outcome-kind.js';
import type { Settings } from '../settings.js';

export interface RevealRow {
  readonly reveal_id: string;
  readonly desk: LookingDesk;
  readonly subject: string;
  readonly sha256: string;
  readonly person: PersonId;
  readonly form: 'screen' | 'file';
  readonly reason: string;
  readonly day: string;
  readonly started_at: UtcInstant;
  readonly closes_at: UtcInstant;
  readonly ended_at: UtcInstant | null;
  readonly ended_by: 'person' | 'next' | 'time' | null;
  readonly seconds: number | null;
}

export interface OutcomeRow {
  readonly outcome_id: string;
  readonly desk: LookingDesk;
  readonly subject: string;
  readonly kind: OutcomeKind;
  readonly happened_at: UtcInstant;
  readonly noted_by: string;
  readonly noted_at: UtcInstant;
}

interface OverrideTable {
  readonly digest: string;
  readonly person: PersonId;
  readonly day: string;
  readonly seconds: number;
  readonly approved_by: readonly PersonId[];
  readonly used_by: string;
  readonly used_at: UtcInstant;
}

interface Own {
  readonly person: PersonId;
  readonly desk: LookingDesk;
  readonly subject: string;
}

/** An alias, since Kysely asks for an index signature that interfaces lack. */
export type ExposureTables = {
  readonly 'exposure.reveal': RevealRow;
  readonly 'exposure.override': OverrideTable;
  readonly 'exposure.outcome': OutcomeRow;
  readonly 'exposure.work': Own & { readonly worked_at: UtcInstant };
  readonly 'exposure.skip': Own & { readonly skipped_at: UtcInstant };
  readonly 'exposure.settings': {
    readonly person: PersonId;
    readonly content: JSONColumnType<Settings>;
    readonly changed_at: UtcInstant;
  };
};

export const exposureTables = (db: Db) => db.withTables<ExposureTables>();
