import { fromHex } from '@tutela/core';
import type { Hasher } from '@tutela/ledger';
import type { ExchangeEntry, SharedEntry } from '../ncmec/documents.js';
import { exchangeTime } from '../ncmec/exchange-time.js';
import { treeOfCommitments } from './commitment-tree.js';
import { commitEntry, type EntryCommitment, type EntryOpening, type EntryStatement } from './statement.js';
import type { ListVersion } from './version.js';

export interface HeldList {
  /** The newest that is held of each entry; those that were deleted among them. */
  readonly entries: readonly ExchangeEntry[];
  readonly openings: readonly EntryOpening[];
  /** Every commitment of the version. */
  readonly commitments: readonly EntryCommitment[];
}

export interface HeldVerdict {
  /** `differs`: this is not the list that the others hold. */
  readonly kind: 'matches' | 'differs';
  /** Entries held that the version commits to. */
  readonly opened: number;
  /** Entries held that it should hold and does not, or that nothing was given to open: `member/id`. */
  readonly strangers: readonly string[];
  /** Commitments that no entry held opens, beyond the other recipients' canaries and what was deleted since. */
  readonly missing: number;
  /** Changes held that are newer than the version. */
  readonly newer: number;
}

export const statementOf = (list: string, entry: SharedEntry, opening: EntryOpening): EntryStatement => ({
  v: 1,
  list,
  member: entry.member.id,
  id: entry.id,
  media: entry.media,
  ...(entry.classification === undefined ? {} : { classification: entry.classification }),
  fingerprints: entry.fingerprints,
  large: opening.large,
  because: opening.because,
});

/**
 * Whether what a member holds is the version that everybody holds. Each entry held has to open one of its commitments.
 * What stays unopened has to be exactly the canaries of the other recipients, which no one but they can open: a member
 * from whom an entry was kept back has one too many.
 */
export const verifyHeld = (
  hasher: Hasher,
  version: ListVersion,
  { entries, openings, commitments }: HeldList,
): HeldVerdict => {
  const tree = treeOfCommitments(hasher, commitments);
  const unopened = new Set(commitments);
  const isThatSet = tree.root === version.root && tree.size === version.size && unopened.size === tree.size;
  const keys = new Map(openings.map((each) => [`${each.member}/${each.id}`, each]));
  const asOf = exchangeTime(Date.parse(version.asOf));
  const strangers: string[] = [];
  let opened = 0;
  let newer = 0;
  let goneSince = 0;
  for (const entry of entries) {
    const isNewer = entry.timestamp > asOf;
    if (isNewer) newer++;
    if (entry.kind === 'deleted') {
      if (isNewer) goneSince++;
      continue;
    }
    const name = `${entry.member.id}/${entry.id}`;
    const opening = keys.get(name);
    const key = opening && fromHex(opening.key);
    const stands =
      opening !== undefined &&
      key?.length === 32 &&
      unopened.delete(commitEntry(hasher, key, statementOf(version.list, entry, opening)));
    if (stands) opened++;
    else if (!isNewer) strangers.push(name);
  }
  const others = version.canariesEach * Math.max(0, version.recipients - 1);
  const missing = Math.max(0, unopened.size - others - goneSince);
  const kind = isThatSet && strangers.length === 0 && missing === 0 ? 'matches' : 'differs';
  return { kind, opened, strangers, missing, newer };
};
