import {
  type BadLineCode,
  digitsOf,
  type EntryFlag,
  type Found,
  type Hashes,
  type HashKind,
  hashKinds,
  type Labels,
} from './list-item.js';

/** Values as a list states them, not yet believed. */
export interface RawEntry {
  readonly line: number;
  readonly hashes: readonly RawHash[];
  readonly quality?: string | undefined;
  readonly labels: Labels;
  /** For the report, should it be bad. */
  readonly text: string;
}

export interface RawHash {
  /** `by-length`: the list does not say. */
  readonly kind: HashKind | 'by-length';
  readonly text: string;
}

/** What 64 digits are where a list does not say: SHA-256 and PDQ look the same. */
export type Hex64 = 'sha256' | 'pdq' | 'ambiguous';

/** Below it, "do not use": PDQ README. */
const lowestQuality = 50;

/** An entry, or the reason why the line is none. A line with one bad hash is bad as a whole: half of it may be wrong. */
export const makeEntry = (raw: RawEntry, hex64: Hex64): Found => {
  const hashes: Partial<Record<HashKind, string>> = {};
  for (const { kind: stated, text } of raw.hashes) {
    const digits = text.trim().toLowerCase();
    if (digits === '') continue;
    const kind = stated === 'by-length' ? kindByLength(digits, hex64) : stated;
    if (kind === 'ambiguous') return bad(raw, 'ambiguous-hash', '64 digits: say whether they are SHA-256 or PDQ');
    if (kind === undefined || digits.length !== digitsOf[kind] || !/^[0-9a-f]+$/.test(digits)) {
      return bad(raw, 'malformed-hash', `${shorten(text)} is not ${kind ?? 'a hash'} in hexadecimal`);
    }
    if (hashes[kind] !== undefined && hashes[kind] !== digits)
      return bad(raw, 'malformed-line', `two values for ${kind}`);
    hashes[kind] = digits;
  }
  if (hashKinds.every((kind) => hashes[kind] === undefined)) return bad(raw, 'no-hash', 'no hash of a known kind');
  const quality = raw.quality?.trim() ?? '';
  if (!/^(|[0-9]{1,2}|100)$/.test(quality)) return bad(raw, 'malformed-quality', `${shorten(quality)} is not 0 to 100`);
  const { line, labels } = raw;
  const pdqQuality = quality === '' ? {} : { pdqQuality: Number(quality) };
  const flags = flagsOf(hashes.pdq, pdqQuality.pdqQuality);
  return { kind: 'entry', entry: { hashes: hashes as Hashes, ...pdqQuality, line, labels, flags } };
};

export const bad = ({ line, text }: Pick<RawEntry, 'line' | 'text'>, code: BadLineCode, message: string): Found => ({
  kind: 'bad',
  bad: { line, code, message, text: shorten(text) },
});

const kindByLength = (digits: string, hex64: Hex64): HashKind | 'ambiguous' | undefined => {
  if (digits.length === digitsOf.md5) return 'md5';
  if (digits.length === digitsOf.sha1) return 'sha1';
  return digits.length === digitsOf.sha256 ? hex64 : undefined;
};

const flagsOf = (pdq: string | undefined, quality: number | undefined): readonly EntryFlag[] => {
  if (pdq === undefined) return [];
  const flags: EntryFlag[] = [];
  if (quality !== undefined && quality < lowestQuality) flags.push('pdq-low-quality');
  // A row of the 16 × 16 bits that repeats sixteen times.
  if (pdq === pdq.slice(0, 4).repeat(16)) flags.push('pdq-constant');
  return flags;
};

const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
