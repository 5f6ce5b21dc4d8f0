import { sql } from 'kysely';
import type { LedgerDb } from '../tables.js';
import type { Collector } from './collector.js';
import { checkEventRows, type EventRow, withDraft } from './event-rows.js';
import type { Openings } from './openings.js';

const pageSize = 4000;

/** Events that are not in the log yet: they must hold by themselves. */
export const checkPending = async (db: LedgerDb, openings: Openings, collector: Collector): Promise<void> => {
  for (let after: string | undefined; ; ) {
    const { rows } = await sql<Omit<EventRow, 'draft'>>`
      select event.id as event_id, event.entry, opening.key, opening.payload, opening.sealed
        from ledger.event left join ledger.opening on opening.event_id = event.id
       where ${after === undefined ? sql`true` : sql`event.id > ${after}::uuid`}
         and not exists (select from ledger.leaf where leaf.event_id = event.id)
       order by event.id limit ${pageSize}`.execute(db);
    collector.count('pending', rows.length);
    await checkEventRows(db, await openings.open(rows.map(withDraft)), collector);
    after = rows.at(-1)?.event_id;
    if (rows.length < pageSize) return;
  }
};

/** Openings and effects that no event wrote, and subtrees beyond the log. */
export const checkStrays = async (db: LedgerDb, size: bigint, { find }: Collector): Promise<void> => {
  const openings = await sql<{ event_id: string }>`
    select event_id from ledger.opening
     where not exists (select from ledger.event where event.id = opening.event_id)`.execute(db);
  for (const { event_id: eventId } of openings.rows) find({ kind: 'opening-of-no-event', eventId });

  const effects = await sql<{ event_id: string }>`
    select distinct event_id from ledger.effect
     where not exists (select from ledger.event where event.id = effect.event_id)`.execute(db);
  for (const { event_id: eventId } of effects.rows) find({ kind: 'effects-of-no-event', eventId });

  const subtrees = await sql<{ level: number; index: string }>`
    select level, index::text from ledger.subtree
     where (index + 1) * 256::numeric ^ level > ${String(size)}::numeric`.execute(db);
  for (const { level, index } of subtrees.rows) find({ kind: 'subtree-altered', level, index });
};
