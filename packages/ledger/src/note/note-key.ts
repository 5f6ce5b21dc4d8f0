import type { Hasher } from '../crypto.js';
import type { Verdict } from '../verdict.js';
import { formatTypedKey, keyTypes, parseTypedKey, typedKey } from './typed-key.js';

/** A public key that may sign notes, with the name and the identifier by which its signatures are found. */
export interface NoteKey {
  readonly name: string;
  /** 4 bytes: SHA-256(name || 0x0A || 0x01 || public key), cut. */
  readonly id: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** @throws LedgerError `invalid` for a name that a note cannot carry or a key of another length */
export const noteKey = (hasher: Hasher, name: string, publicKey: Uint8Array): NoteKey =>
  typedKey(hasher, keyTypes.note, name, publicKey);

/** C2SP verifier key: `<name>+<id in hex>+<Base64 of type and key>`. */
export const formatVerifierKey = (key: NoteKey): string => formatTypedKey(keyTypes.note, key);

export const parseVerifierKey = (hasher: Hasher, text: string): Verdict<NoteKey, 'not-a-verifier-key'> =>
  parseTypedKey(hasher, keyTypes.note, text);
