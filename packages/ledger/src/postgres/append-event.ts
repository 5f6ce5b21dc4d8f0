import { type CanonicalJson, canonicalJson, type JsonObject, toHex, type UtcInstant } from '@tutela/core';
import { sql, type Transaction } from 'kysely';
import { fromUtf8, utf8 } from '../bytes.js';
import { encodeEntry } from '../entry.js';
import { LedgerError } from '../ledger-error.js';
import { nodeHasher, randomPieces } from '../node-crypto.js';
import { type Effect, type VouchedEffect, vouch } from './effect.js';
import { type EventId, newEventId } from './event-id.js';
import { largestDraft } from './leaf-entry.js';
import { type OpeningSeal, packOpening } from './sealed-opening.js';
import { sealsIn } from './sealing-database.js';

/** One act, as whoever did it tells the ledger. */
export interface NewEvent {
  /** Such as `platform.report-filed`. */
  readonly type: string;
  /** Pseudonymous identifier of who acted. Visible in the log, like `subjects`: never personal data. */
  readonly actor: string;
  readonly at: UtcInstant;
  readonly subjects: readonly string[];
  /** Everything else there is to say; the log shows only a commitment to it. */
  readonly payload: JsonObject;
  /** The rows that this act wrote or removed, already written or removed in this transaction. */
  readonly effects: readonly Effect[];
  /** Chains the event to the others of its case. */
  readonly caseRef?: string;
  /**
   * Keeps `payload` readable only while the key of the case is there. Left out, a `sealingDatabase` gives it; `open`:
   * not sealed, since it has to be readable when the key is gone.
   */
  readonly seal?: OpeningSeal | 'open';
}

export const appendEvent = async (tx: Transaction<unknown>, event: NewEvent): Promise<EventId> => {
  const [id] = await appendEvents(tx, [event]);
  return id as EventId;
};

/**
 * Writes events into the transaction of the acts they tell of: both are there after the commit, or neither. Two
 * statements and one more for each table and set of columns among the effects, however many events there are.
 *
 * Call it after the rows are written: their digests are taken now, and what changes them later is found by the check.
 * @throws LedgerError `invalid`, `effect-without-row`
 */
export const appendEvents = async (
  tx: Transaction<unknown>,
  events: readonly NewEvent[],
): Promise<readonly EventId[]> => {
  if (events.length === 0) return [];
  const vouched = await vouch(
    tx,
    events.flatMap(({ effects }) => effects),
  );
  const seals = await sealsIn(tx, new Set(events.flatMap(({ caseRef, seal }) => (seal ? [] : (caseRef ?? [])))));
  const random = randomPieces(events.length, randomLength);
  let at = 0;
  const rows = events.map((event) => {
    const effects = vouched.slice(at, at + event.effects.length);
    at += event.effects.length;
    const seal = event.seal ?? seals.get(event.caseRef ?? '');
    return rowsOf(event, effects, { random: random(), seal: seal === 'open' ? undefined : seal });
  });
  await insertRows(tx, rows);
  return rows.map(({ id }) => id);
};

/** Bytes for a commitment's key, then for the event's identifier: neither tells anything of the other. */
const randomLength = 32 + 16;

interface EventRows {
  readonly id: EventId;
  readonly entry: string;
  readonly opening: { readonly key: Uint8Array; readonly payload: CanonicalJson } | { readonly sealed: Uint8Array };
  readonly effects: readonly VouchedEffect[];
}

interface Making {
  readonly random: Uint8Array;
  readonly seal: OpeningSeal | undefined;
}

const rowsOf = (event: NewEvent, effects: readonly VouchedEffect[], { random, seal }: Making): EventRows => {
  const { type, actor, at, subjects, caseRef } = event;
  if (seal !== undefined && seal.caseRef !== caseRef) {
    throw new LedgerError('invalid', `the opening of an event of ${caseRef} cannot be sealed for ${seal.caseRef}`);
  }
  const payload = canonicalJson({ payload: event.payload, effects: effects as unknown as readonly JsonObject[] });
  const key = random.subarray(0, 32);
  const commitment = toHex(nodeHasher.hmacSha256(key, utf8(payload)));
  const entry = encodeEntry({ v: 1, type, actor, at, subjects, commitment, ...(caseRef !== undefined && { caseRef }) });
  if (entry.length > largestDraft)
    throw new LedgerError('invalid', `an event's entry has at most ${largestDraft} bytes`);
  const id = newEventId(Date.parse(at), random.subarray(32));
  const opening = seal === undefined ? { key, payload } : { sealed: seal.seal(id, packOpening(key, payload)) };
  return { id, entry: fromUtf8(entry) as string, opening, effects };
};

const insertRows = async (tx: Transaction<unknown>, rows: readonly EventRows[]): Promise<void> => {
  const effects = rows.flatMap(({ id, effects: own }) => own.map((effect, ord) => ({ ...effect, id, ord })));
  const ids = rows.map(({ id }) => id);
  const openings = rows.map(({ opening }) =>
    'sealed' in opening
      ? { key: null, payload: null, sealed: toHex(opening.sealed) }
      : { key: toHex(opening.key), payload: opening.payload as string, sealed: null },
  );
  await sql`
    with event as (
      insert into ledger.event (id, entry)
      select id, entry
        from unnest(${ids}::uuid[], ${rows.map(({ entry }) => entry)}::text[]) with ordinality as given(id, entry, ord)
       order by ord
    ), effect as (
      insert into ledger.effect (event_id, ord, table_name, row_key, kind)
      select * from unnest(
        ${effects.map(({ id }) => id)}::uuid[], ${effects.map(({ ord }) => ord)}::int[],
        ${effects.map(({ table }) => table)}::text[], ${effects.map(({ key }) => key)}::text[],
        ${effects.map(({ kind }) => kind)}::text[])
    )
    insert into ledger.opening (event_id, key, payload, sealed)
    select id, decode(key, 'hex'), payload, decode(sealed, 'hex')
      from unnest(${ids}::uuid[], ${openings.map(({ key }) => key)}::text[],
                  ${openings.map(({ payload }) => payload)}::text[],
                  ${openings.map(({ sealed }) => sealed)}::text[]) as given(id, key, payload, sealed)`.execute(tx);
};
