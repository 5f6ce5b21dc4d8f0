import { toHex } from '@tutela/core';
import { utf8 } from '../bytes.js';
import { decodeEntry, type EntryDraft, encodeEntry } from '../entry.js';
import type { Hash } from '../tree/hashing.js';

/** Place of a leaf in its case, as the row of the leaf holds it. */
export interface LeafCase {
  readonly ref: string;
  readonly seq: number;
  /** Absent for the first. */
  readonly prev?: Hash;
}

/** What the act wrote; `undefined` when the text is no entry, as only somebody else than us would write. */
export const readDraft = (entry: string): EntryDraft | undefined => {
  const decoded = decodeEntry(utf8(entry));
  return decoded.kind === 'done' ? decoded.value : undefined;
};

/** Bytes; leaves room for the place in the case below the limit of an entry. */
export const largestDraft = 65_000;

/** The leaf's bytes: what the act wrote, completed by the place in the case that only the sequencer knows. */
export const leafEntry = (entry: string, place: LeafCase | undefined): Uint8Array => {
  const draft = readDraft(entry);
  if (draft === undefined || place === undefined) return utf8(entry);
  const link = { caseSeq: place.seq, ...(place.prev && { casePrev: toHex(place.prev) }) };
  return encodeEntry({ ...draft, ...link });
};
