import { done, newId, nothing, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { appendEvent } from '@tutela/ledger/postgres';
import type { Kysely, Transaction } from 'kysely';
import { lockCase } from './case-lock.js';
import { type VaultTables, vaultTables } from './tables.js';

export interface LegalHold {
  readonly id: string;
  readonly caseRef: string;
  readonly reason: string;
  readonly placedBy: string;
  readonly placedAt: UtcInstant;
}

interface Word {
  /** Pseudonym of who says so. */
  readonly actor: string;
  readonly reason: string;
  readonly at: UtcInstant;
}

const columns = ['case_ref', 'reason', 'placed_by', 'placed_at', 'released_by', 'released_at', 'release_reason'];

/** From now on the case cannot be shredded. Refused once an order to shred stands: it may have been carried out. */
export const placeHold = (
  db: Kysely<unknown>,
  caseRef: string,
  { actor, reason, at }: Word,
): Promise<Outcome<LegalHold, 'shredding-ordered'>> =>
  db.transaction().execute(async (tx) => {
    await lockCase(tx, caseRef);
    const order = vaultTables(tx).selectFrom('vault.shredding').select('ordered_at').where('case_ref', '=', caseRef);
    const ordered = await order.executeTakeFirst();
    if (ordered !== undefined) {
      return refused('shredding-ordered', `the shredding of ${caseRef} was ordered at ${ordered.ordered_at}`);
    }
    const id: string = newId();
    const unreleased = { released_by: null, released_at: null, release_reason: null };
    const row = { id, case_ref: caseRef, reason, placed_by: actor, placed_at: at, ...unreleased };
    await vaultTables(tx).insertInto('vault.legal_hold').values(row).execute();
    await tellOfHold(tx, 'vault.hold-placed', { id, caseRef, actor, reason, at });
    return done(holdOf(row));
  });

export const releaseHold = (
  db: Kysely<unknown>,
  id: string,
  { actor, reason, at }: Word,
): Promise<Outcome<undefined, 'no-such-hold'>> =>
  db.transaction().execute(async (tx) => {
    const released = await vaultTables(tx)
      .updateTable('vault.legal_hold')
      .set({ released_by: actor, released_at: at, release_reason: reason })
      .where('id', '=', id)
      .where('released_at', 'is', null)
      .returning('case_ref')
      .executeTakeFirst();
    if (released === undefined) return nothing('no-such-hold', `no hold ${id} stands`);
    await tellOfHold(tx, 'vault.hold-released', { id, caseRef: released.case_ref, actor, reason, at });
    return done(undefined);
  });

const tellOfHold = async (
  tx: Transaction<unknown>,
  type: 'vault.hold-placed' | 'vault.hold-released',
  { id, caseRef, actor, reason, at }: Word & { readonly id: string; readonly caseRef: string },
): Promise<void> => {
  const subjects = [`hold:${id}`, `case:${caseRef}`];
  const effects = [{ kind: 'written', table: 'vault.legal_hold', key: { id }, columns }] as const;
  await appendEvent(tx, { type, actor, at, subjects, payload: { reason }, effects, caseRef });
};

/** Holds that stand, the oldest first. */
export const holdsOn = async (db: Kysely<unknown>, caseRef: string): Promise<readonly LegalHold[]> => {
  const rows = await vaultTables(db)
    .selectFrom('vault.legal_hold')
    .selectAll()
    .where('case_ref', '=', caseRef)
    .where('released_at', 'is', null)
    .orderBy('placed_at')
    .execute();
  return rows.map(holdOf);
};

const holdOf = (row: VaultTables['vault.legal_hold']): LegalHold => ({
  id: row.id,
  caseRef: row.case_ref,
  reason: row.reason,
  placedBy: row.placed_by,
  placedAt: row.placed_at,
});
