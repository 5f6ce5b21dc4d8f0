import type { Readable } from 'node:stream';
import type { Branded, Outcome } from '@tutela/core';
import type { KeyId, ObjectName } from './store/object-store.js';
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
  /** `already-there`: the compartment held these bytes before, and holds them once. */
  readonly status: 'stored' | 'already-there';
  /** Present when asked for. */
  readonly md5?: Md5;
}

export interface ObjectStat {
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
}

export interface OpenedObject extends ObjectStat {
  /**
   * Every byte was authenticated before it is given out. Ends with `VaultError` `damaged` instead of its end when an
   * object was changed, cut or lengthened.
   */
  readonly bytes: Readable;
}

/** Bytes `start` to `end` exclusive; to the end without `end`, and not beyond it. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

export interface OpenedRange extends OpenedObject {
  readonly start: number;
  readonly end: number;
}

/** `shredded`: the key of the case was destroyed, and nobody can open the object any more. */
export type AbsenceCode = 'not-in-vault' | 'shredded';

/** The objects of one case, or of a desk's standing work: under the SHA-256 of their bytes, written once. */
export interface Compartment {
  readonly caseRef: string;
  /**
   * Resolves once the bytes would survive a loss of power.
   * @throws VaultError `key-destroyed` when the case was shredded, `write-failed`
   */
  readonly put: (source: Bytes, options?: PutOptions) => Promise<Stored>;
  readonly open: (sha256: Sha256) => Promise<Outcome<OpenedObject, AbsenceCode>>;
  readonly openRange: (
    sha256: Sha256,
    range: ByteRange,
  ) => Promise<Outcome<OpenedRange, AbsenceCode | 'range-not-satisfiable'>>;
  readonly has: (sha256: Sha256) => Promise<'present' | 'absent'>;
  readonly stat: (sha256: Sha256) => Promise<Outcome<ObjectStat, AbsenceCode>>;
}

export interface CompartmentUsage {
  readonly keyId: KeyId;
  /** Absent when no key for it is left: shredded. */
  readonly caseRef?: string;
  readonly objects: number;
  /** Bytes as stored. */
  readonly bytes: number;
}

/** Encrypted objects in compartments, each under a key that can be destroyed. */
export interface Vault {
  /** For people: where the ciphertext and where the keys lie. */
  readonly places: { readonly objects: string; readonly keys: string };
  /** Nothing is made before the first `put`. */
  readonly forCase: (caseRef: string) => Compartment;
  /** Counts what the store holds, compartment by compartment. */
  readonly usage: () => Promise<readonly CompartmentUsage[]>;
  /** Reads every object again and says which are not what they should be. */
  readonly scrub: (options?: ScrubOptions) => Promise<ScrubReport>;
}

export type ScrubFinding =
  | (ObjectName & { readonly kind: 'damaged' | 'unreadable'; readonly why: string })
  /** Its key is neither there nor known to be destroyed: restore the key store. */
  | (ObjectName & { readonly kind: 'key-missing' })
  | { readonly kind: 'missing'; readonly caseRef: string; readonly sha256: Sha256 }
  /** Something that the vault did not put there; relative to the store. */
  | { readonly kind: 'foreign'; readonly path: string };

export interface ScrubProgress {
  /** Objects read, good and damaged. */
  readonly objects: number;
  /** As stored. */
  readonly bytes: number;
  /** Objects of destroyed keys: nobody can read them, nothing is checked. */
  readonly shredded: number;
  /** What was looked at last; a later scrub can go on after it. */
  readonly reached?: ObjectName;
}

export interface ScrubReport extends ScrubProgress {
  readonly end: 'complete' | 'interrupted';
  readonly findings: readonly ScrubFinding[];
}

export interface ScrubOptions {
  /** Where an earlier scrub had come to. */
  readonly after?: ObjectName;
  /** Addresses that must be there; without it nothing can be reported as missing. Looked at when complete. */
  readonly expected?: AsyncIterable<ExpectedObject> | Iterable<ExpectedObject>;
  /** Keys known to be destroyed. */
  readonly shredded?: ReadonlySet<KeyId>;
  readonly onProgress?: (progress: ScrubProgress, findings: readonly ScrubFinding[]) => Promise<void> | void;
  readonly signal?: AbortSignal;
}

export interface ExpectedObject {
  readonly caseRef: string;
  readonly sha256: Sha256;
}

/** @throws VaultError `not-a-digest` */
export const sha256Address = (text: string): Sha256 => {
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new VaultError('not-a-digest', `${JSON.stringify(text)} is not a SHA-256 in lower case`);
  }
  return text as Sha256;
};
