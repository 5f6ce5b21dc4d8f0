import type { JsonObject, Outcome } from '@tutela/core';
import { fromUtf8, utf8 } from '../bytes.js';
import type { Opening } from '../commitment.js';

/**
 * The event that says that the key of its case was destroyed. Where it stands in the log, the check takes it that sealed
 * openings of the case open no more.
 */
export const caseShredded = 'vault.case-shredded';

/** Seals openings under the key of one case: they are gone when that key is. */
export interface OpeningSeal {
  readonly caseRef: string;
  readonly seal: (eventId: string, opening: Uint8Array) => Uint8Array;
}

/** Opens what an `OpeningSeal` sealed. `damaged`: it was not sealed so, for this event, under the key that is there. */
export type Unseal = (
  caseRef: string,
  eventId: string,
  sealed: Uint8Array,
) => Promise<Outcome<Uint8Array, 'key-destroyed' | 'no-case-key' | 'damaged'>>;

/** A row of `ledger.opening`, or of a join that found none. */
export interface OpeningRow {
  readonly event_id: string;
  readonly key: Uint8Array | null;
  readonly payload: string | null;
  readonly sealed: Uint8Array | null;
}

export type OpeningRead =
  | { readonly kind: 'open'; readonly key: Uint8Array; readonly payload: string }
  | { readonly kind: 'missing' | 'altered' | 'key-destroyed' | 'no-case-key' }
  /** Nobody gave the means to open it. */
  | { readonly kind: 'sealed' };

const keyBytes = 32;

export const packOpening = (key: Uint8Array, payload: string): Uint8Array => {
  const text = utf8(payload);
  const packed = new Uint8Array(keyBytes + text.length);
  packed.set(key);
  packed.set(text, keyBytes);
  return packed;
};

/** @param caseRef of the entry, which says under which key it was sealed */
export const readOpening = async (
  { event_id, key, payload, sealed }: OpeningRow,
  caseRef: string | undefined,
  unseal: Unseal | undefined,
): Promise<OpeningRead> => {
  if (key !== null && payload !== null) return { kind: 'open', key, payload };
  if (sealed === null) return { kind: 'missing' };
  if (caseRef === undefined) return { kind: 'altered' };
  if (unseal === undefined) return { kind: 'sealed' };
  const opened = await unseal(caseRef, event_id, sealed);
  if (opened.kind !== 'done') {
    return { kind: opened.reason.code === 'damaged' ? 'altered' : opened.reason.code };
  }
  const text = fromUtf8(opened.value.subarray(keyBytes));
  return text === undefined
    ? { kind: 'altered' }
    : { kind: 'open', key: opened.value.subarray(0, keyBytes), payload: text };
};

/** For those who hand an event on: what it commits to, where that can be read. */
export const openingOf = async (
  row: OpeningRow,
  caseRef: string | undefined,
  unseal: Unseal | undefined,
): Promise<Opening | undefined> => {
  const read = await readOpening(row, caseRef, unseal);
  return read.kind === 'open' ? { key: read.key, payload: JSON.parse(read.payload) as JsonObject } : undefined;
};
