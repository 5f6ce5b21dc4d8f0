import type { Readable } from 'node:stream';
import type { Branded, Outcome } from '@tutela/core';
import { VaultError } from './vault-error.js';

/** SHA-256 of an object's bytes as 64 lower-case hexadecimal digits: its address. */
export type Sha256 = Branded<string, 'Sha256'>;
/** MD5 as 32 lower-case hexadecimal digits: an echo for protocols that ask for it, never an address. */
export type Md5 = Branded<string, 'Md5'>;

export type Bytes = Uint8Array | AsyncIterable<Uint8Array>;

export interface PutOptions {
  /** Digests to compute in the same pass besides the address. */
  readonly also?: readonly 'md5'[];
}

export interface Stored {
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
  /** `already-there`: the vault held these bytes before, and holds them once. */
  readonly status: 'stored' | 'already-there';
  /** Present when asked for. */
  readonly md5?: Md5;
}

export interface ObjectStat {
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
}

export interface OpenOptions {
  /**
   * `while-reading` (the default) hashes what passes and ends the stream with `VaultError` `damaged` instead of its end
   * when the bytes are not those of the address; the reader must not act on the bytes before the end.
   */
  readonly verify?: 'while-reading' | 'trust-the-disk';
}

export interface OpenedObject extends ObjectStat {
  readonly bytes: Readable;
}

export type ScrubFinding =
  | { readonly kind: 'damaged'; readonly sha256: Sha256; readonly found: Sha256; readonly size: number }
  | { readonly kind: 'missing'; readonly sha256: Sha256 }
  | { readonly kind: 'unreadable'; readonly sha256: Sha256; readonly message: string }
  /** A file that the vault did not put there; relative to the vault's folder. */
  | { readonly kind: 'foreign'; readonly path: string };

export interface ScrubReport {
  /** Objects read, good and damaged. */
  readonly objects: number;
  readonly bytes: number;
  readonly findings: readonly ScrubFinding[];
}

export interface ScrubOptions {
  /** Addresses that must be there; without it nothing can be reported as missing. */
  readonly expected?: Iterable<Sha256> | AsyncIterable<Sha256>;
}

/** Objects under the SHA-256 of their bytes: written once, never changed. */
export interface Vault {
  /** Resolves once the bytes would survive a loss of power. */
  readonly put: (source: Bytes, options?: PutOptions) => Promise<Stored>;
  readonly open: (sha256: Sha256, options?: OpenOptions) => Promise<Outcome<OpenedObject, 'not-in-vault'>>;
  readonly has: (sha256: Sha256) => Promise<'present' | 'absent'>;
  readonly stat: (sha256: Sha256) => Promise<Outcome<ObjectStat, 'not-in-vault'>>;
  /** Reads every object again and says which are not what their address claims. */
  readonly scrub: (options?: ScrubOptions) => Promise<ScrubReport>;
}

/** @throws VaultError `not-a-digest` */
export const sha256Address = (text: string): Sha256 => {
  if (!isAddress(text)) throw new VaultError('not-a-digest', `${JSON.stringify(text)} is not a SHA-256 in lower case`);
  return text;
};

export const isAddress = (text: string): text is Sha256 => /^[0-9a-f]{64}$/.test(text);
