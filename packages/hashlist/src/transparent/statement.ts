import { type Branded, canonicalJson, type JsonObject, toHex } from '@tutela/core';
import type { Hasher } from '@tutela/ledger';
import type { LargeType, Media, SmallType } from '../ncmec/documents.js';

/**
 * HMAC-SHA-256 of an entry's statement under a random key of its own, hexadecimal. Without the key nobody can try
 * whether a picture they have is on the list; one entry can be opened to a court without opening the others.
 */
export type EntryCommitment = Branded<string, 'EntryCommitment'>;

/** What a list says of one entry: what its vouchers signed and its versions hold. */
export interface EntryStatement {
  readonly v: 1;
  readonly list: string;
  /** Number of the member who submitted it, as the exchange gives it. */
  readonly member: number;
  readonly id: string;
  readonly media: Media;
  readonly classification?: string;
  /** As the exchange serves them. */
  readonly fingerprints: Readonly<Partial<Record<SmallType, string>>>;
  /** SHA-256 of each large fingerprint, hexadecimal. */
  readonly large: Readonly<Partial<Record<LargeType, string>>>;
  /** Commitment to why it stands there: the record of its vetting, which is opened to auditors and courts alone. */
  readonly because: string;
}

/** What opens the commitment to one entry, beside what the exchange serves of it. */
export interface EntryOpening {
  readonly member: number;
  readonly id: string;
  /** 32 bytes, hexadecimal. */
  readonly key: string;
  readonly because: string;
  readonly large: EntryStatement['large'];
}

export const commitEntry = (hasher: Hasher, key: Uint8Array, statement: EntryStatement): EntryCommitment =>
  commitTo(hasher, key, statement as unknown as JsonObject) as EntryCommitment;

/** HMAC-SHA-256 under a random key of 32 bytes over the RFC 8785 text, hexadecimal. */
export const commitTo = ({ hmacSha256 }: Hasher, key: Uint8Array, record: JsonObject): string =>
  toHex(hmacSha256(key, new TextEncoder().encode(canonicalJson(record))));
