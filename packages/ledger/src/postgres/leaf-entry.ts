import { refused, toHex } from '@tutela/core';
import { utf8 } from '../bytes.js';
import { decodeEntry, type EntryDraft, encodeEntry } from '../entry.js';
import type { Hash } from '../tree/hashing.js';
import type { Verdict } from '../verdict.js';

/** Place of a leaf in its case, as the row of the leaf holds it. */
export interface LeafCase {
  readonly ref: string;
  readonly seq: number;
  /** Absent for the first. */
  readonly prev?: Hash;
}

/** What the act wrote. Its place in the case is not its to say. */
export const decodeDraft = (entry: string): Verdict<EntryDraft, 'malformed-entry'> => {
  const decoded = decodeEntry(utf8(entry));
  if (decoded.kind === 'done' && decoded.value.caseSeq !== undefined) {
    return refused('malformed-entry', 'it gives itself a place in its case');
  }
  return decoded;
};

/** Bytes; leaves room for the place in the case below the limit of an entry. */
export const largestDraft = 65_000;

/**
 * The leaf's bytes: what the act wrote, completed by the place in the case that only the sequencer knows. A text that is
 * no entry, as only somebody else than us would write, has no place and stands as it is.
 * @throws LedgerError `invalid` for a place that cannot be
 */
export const leafEntry = (entry: string, place: LeafCase | undefined): Uint8Array => {
  if (place === undefined) return utf8(entry);
  const draft = decodeDraft(entry);
  if (draft.kind !== 'done') return utf8(entry);
  const link = { caseSeq: place.seq, ...(place.prev && { casePrev: toHex(place.prev) }) };
  return encodeEntry({ ...draft.value, ...link });
};
