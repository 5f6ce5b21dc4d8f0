import { newId, type UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import type { LookingDesk } from '../desk-name.js';
import type { OutcomeKind } from '../outcome-kind.js';
import { insertOutcome } from './queries.js';
import type { OutcomeRow } from './tables.js';

export interface NewOutcome {
  readonly desk: LookingDesk;
  /** As a reveal names it, or the beginning of it up to a slash: `report/1000001` reaches all its files. */
  readonly subject: string;
  readonly kind: OutcomeKind;
  readonly happenedAt: UtcInstant;
  readonly by: string;
  readonly at: UtcInstant;
}

/** Puts on record how something ended, for those who worked on it to see. */
export const noteOutcome = async (tx: Tx, { happenedAt, by, at, ...what }: NewOutcome): Promise<OutcomeRow> => {
  const row: OutcomeRow = { outcome_id: newId(), ...what, happened_at: happenedAt, noted_by: by, noted_at: at };
  await insertOutcome(tx, row);
  const { outcome_id } = row;
  await appendEvent(tx, {
    type: 'exposure.outcome-noted',
    actor: by,
    at,
    subjects: [`${what.desk}:${what.subject}`],
    payload: { outcome: outcome_id, ...what },
    effects: [
      {
        kind: 'written',
        table: 'exposure.outcome',
        key: { outcome_id },
        columns: ['desk', 'subject', 'kind', 'happened_at', 'noted_by', 'noted_at'],
      },
    ],
  });
  return row;
};
