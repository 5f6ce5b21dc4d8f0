import { type JsonObject, toHex } from '@tutela/core';
import { sql } from 'kysely';
import { utf8 } from '../../bytes.js';
import type { EntryDraft } from '../../entry.js';
import { nodeHasher } from '../../node-crypto.js';
import type { Verdict } from '../../verdict.js';
import type { VouchedEffect } from '../effect.js';
import { decodeDraft } from '../leaf-entry.js';
import type { OpeningRead, OpeningRow } from '../sealed-opening.js';
import type { LedgerDb } from '../tables.js';
import type { Collector } from './collector.js';

/** The rows of one event, as they are found. */
export interface EventRow extends OpeningRow {
  readonly entry: string | null;
  /** The entry, decoded once for all who look at it. */
  readonly draft: Verdict<EntryDraft, 'malformed-entry'> | undefined;
}

export type OpenedRow = EventRow & { readonly opening: OpeningRead };

export const withDraft = <Row extends { readonly entry: string | null }>(row: Row) => ({
  ...row,
  draft: row.entry === null ? undefined : decodeDraft(row.entry),
});

interface EffectRow {
  readonly event_id: string;
  readonly table_name: string;
  readonly row_key: string;
  readonly kind: string;
}

/** What events say: entry by its schema, opening by the commitment, effect rows by the payload. */
export const checkEventRows = async (db: LedgerDb, rows: readonly OpenedRow[], { find }: Collector): Promise<void> => {
  const effects = await readEffects(db, rows);
  for (const { event_id: eventId, draft: decoded, opening } of rows) {
    if (decoded === undefined) continue;
    if (decoded.kind === 'refused') find({ kind: 'entry-malformed', eventId, why: decoded.reason.message });
    if (opening.kind === 'missing' || opening.kind === 'altered') {
      find({ kind: `opening-${opening.kind}`, eventId });
      continue;
    }
    // Sealed, and nobody can or may open it here: its commitment stands in the log all the same.
    if (opening.kind !== 'open') continue;
    const { key, payload } = opening;
    if (decoded.kind === 'done' && decoded.value.commitment !== toHex(nodeHasher.hmacSha256(key, utf8(payload)))) {
      find({ kind: 'opening-altered', eventId });
    } else if (listed(effects.get(eventId) ?? []) !== listed(vouchedEffects(payload))) {
      find({ kind: 'effects-altered', eventId });
    }
  }
};

const listed = (effects: readonly { readonly table_name: string; readonly row_key: string; readonly kind: string }[]) =>
  JSON.stringify(effects.map(({ table_name, row_key, kind }) => [table_name, row_key, kind]));

const vouchedEffects = (payload: string) =>
  readVouched(payload).map(({ table, key, kind }) => ({ table_name: table, row_key: key, kind }));

/** The effects that a payload vouches for; none when it is no payload of ours, which its commitment tells. */
export const readVouched = (payload: string): readonly VouchedEffect[] => {
  try {
    const { effects } = JSON.parse(payload) as JsonObject;
    return Array.isArray(effects) && effects.every(isVouched) ? (effects as readonly VouchedEffect[]) : [];
  } catch {
    return [];
  }
};

const isVouched = (value: unknown): boolean => {
  const { kind, table, key, columns, digest } = value as Partial<Record<string, unknown>>;
  if (typeof table !== 'string' || typeof key !== 'string') return false;
  const members: unknown = JSON.parse(key);
  if (typeof members !== 'object' || members === null || Array.isArray(members)) return false;
  const namesColumns = Array.isArray(columns) && columns.every((column) => typeof column === 'string');
  return kind === 'gone' || (kind === 'written' && namesColumns && typeof digest === 'string');
};

const readEffects = async (db: LedgerDb, rows: readonly EventRow[]): Promise<ReadonlyMap<string, EffectRow[]>> => {
  const found = await sql<EffectRow>`
    select event_id, table_name, row_key, kind from ledger.effect
     where event_id = any (${rows.map(({ event_id }) => event_id)}::uuid[])
     order by event_id, ord`.execute(db);
  const effects = new Map<string, EffectRow[]>();
  for (const row of found.rows) {
    const own = effects.get(row.event_id);
    if (own) own.push(row);
    else effects.set(row.event_id, [row]);
  }
  return effects;
};
