import type { Outcome, UtcInstant } from '@tutela/core';
import type { KeyId } from '../store/object-store.js';

/** A case key as it is kept: of no use without the installation key. */
export interface WrappedCaseKey {
  readonly keyId: KeyId;
  readonly caseRef: string;
  /** Which installation key wrapped it. */
  readonly installationKey: string;
  readonly wrapped: Uint8Array;
  readonly createdAt: UtcInstant;
}

export type CaseKeyFault = 'no-case-key' | 'key-destroyed';

/**
 * Where wrapped case keys lie: apart from the ciphertext, and in no backup that is kept longer than it may take until a
 * destroyed key is gone for good.
 */
export interface CaseKeyStore {
  /** For people. */
  readonly place: string;
  /** One key a case: a second one is not added, and none for a case whose key was destroyed. */
  readonly add: (key: WrappedCaseKey) => Promise<'added' | 'already-there' | 'key-destroyed'>;
  readonly find: (caseRef: string) => Promise<Outcome<WrappedCaseKey, CaseKeyFault>>;
  /** In no order; those destroyed are not among them. */
  readonly list: () => AsyncIterable<WrappedCaseKey>;
  /** Puts a newly wrapped form in the place of the old one, unless it was destroyed meanwhile. Atomic and durable. */
  readonly rewrap: (key: WrappedCaseKey) => Promise<'rewrapped' | 'gone'>;
  /** For good: afterwards `find` says `key-destroyed` for ever. Durable when it resolves; doing it again does no harm. */
  readonly destroy: (caseRef: string) => Promise<'destroyed' | 'already-destroyed' | 'no-case-key'>;
}
