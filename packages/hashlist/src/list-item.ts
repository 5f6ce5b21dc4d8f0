import type { Branded } from '@tutela/core';

/** Lower-case hexadecimal: 32, 40, 64 and 64 digits. */
export interface Hashes {
  readonly md5?: Branded<string, 'Md5'>;
  readonly sha1?: Branded<string, 'Sha1'>;
  readonly sha256?: Branded<string, 'Sha256'>;
  readonly pdq?: Branded<string, 'Pdq'>;
}

export type HashKind = keyof Hashes;

export const hashKinds = ['md5', 'sha1', 'sha256', 'pdq'] as const satisfies readonly HashKind[];

export const digitsOf: Readonly<Record<HashKind, number>> = { md5: 32, sha1: 40, sha256: 64, pdq: 64 };

/**
 * Why an entry must not be matched like the others.
 * - `pdq-low-quality`: below 50, where PDQ says nothing about the picture
 * - `pdq-constant`: one pattern all over; it stands for every flat picture
 */
export type EntryFlag = 'pdq-low-quality' | 'pdq-constant';

export interface ListEntry {
  readonly hashes: Hashes;
  /** 0 to 100. */
  readonly pdqQuality?: number;
  /** Line in the source where the entry begins, from 1. */
  readonly line: number;
  /** What else the list says of it, by the list's own names; values as they stand there. */
  readonly labels: Labels;
  readonly flags: readonly EntryFlag[];
}

export type Labels = Readonly<Record<string, string>>;

export type BadLineCode =
  | 'malformed-line'
  | 'no-hash'
  | 'malformed-hash'
  /** 64 digits that may be SHA-256 or PDQ. */
  | 'ambiguous-hash'
  | 'unknown-kind'
  | 'malformed-quality';

export interface BadLine {
  readonly line: number;
  readonly code: BadLineCode;
  readonly message: string;
  /** Beginning of the line or element. */
  readonly text: string;
}

/** An entry that its list took back: what was matched on its account needs another look. */
export interface Withdrawal {
  readonly line: number;
  /** Names the entry: for NCMEC `member`, `id`, `media`. */
  readonly labels: Labels;
}

export type ListItem =
  | { readonly kind: 'entry'; readonly entry: ListEntry }
  /** An entry with exactly the hashes of an earlier one; it may carry other labels. */
  | { readonly kind: 'duplicate'; readonly entry: ListEntry }
  | { readonly kind: 'withdrawn'; readonly withdrawal: Withdrawal }
  | { readonly kind: 'bad'; readonly bad: BadLine };

export type ListFormat = 'csv' | 'json' | 'jsonl' | 'sums' | 'ncmec-v2';

export interface ListSummary {
  /** `undefined` for a source without content. */
  readonly format: ListFormat | undefined;
  readonly entries: number;
  readonly duplicates: number;
  readonly withdrawn: number;
  readonly bad: number;
  /** Entries, without duplicates, that carry such a hash. */
  readonly kinds: Readonly<Record<HashKind, number>>;
  readonly flags: Readonly<Record<EntryFlag, number>>;
  /** Of a page of an exchange: where to go on, as it stands there. */
  readonly page: Page;
}

export interface Page {
  /** Relative address of the next page; absent on the last. */
  readonly next?: string;
  /** Newest change on this page. */
  readonly maxTimestamp?: string;
}

/** What a format reader finds, before duplicates are known. */
export type Found = Exclude<ListItem, { kind: 'duplicate' }> | { readonly kind: 'page'; readonly page: Page };
