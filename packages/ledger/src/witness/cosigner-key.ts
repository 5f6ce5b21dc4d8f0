import { done } from '@tutela/core';
import type { Hasher } from '../crypto.js';
import { formatTypedKey, keyTypes, parseTypedKey, typedKey } from '../note/typed-key.js';
import type { Verdict } from '../verdict.js';

/** A public key whose signatures on checkpoints carry a time and say that the log only grew (C2SP tlog-cosignature). */
export interface CosignerKey {
  /** Keeps it apart from a key that signs notes: the two never stand for each other. */
  readonly signs: 'cosignatures';
  readonly name: string;
  /** 4 bytes: SHA-256(name || 0x0A || 0x04 || public key), cut. */
  readonly id: Uint8Array;
  /** Ed25519, 32 bytes. Used by one cosigner alone: what is signed does not name it. */
  readonly publicKey: Uint8Array;
}

/** @throws LedgerError `invalid` for a name that a note cannot carry or a key of another length */
export const cosignerKey = (hasher: Hasher, name: string, publicKey: Uint8Array): CosignerKey => ({
  signs: 'cosignatures',
  ...typedKey(hasher, keyTypes.cosignature, name, publicKey),
});

/** C2SP verifier key of signature type 4. */
export const formatCosignerKey = (key: CosignerKey): string => formatTypedKey(keyTypes.cosignature, key);

export const parseCosignerKey = (hasher: Hasher, text: string): Verdict<CosignerKey, 'not-a-verifier-key'> => {
  const parsed = parseTypedKey(hasher, keyTypes.cosignature, text);
  return parsed.kind === 'done' ? done({ signs: 'cosignatures', ...parsed.value }) : parsed;
};
