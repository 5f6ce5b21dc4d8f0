import { done, fromHex, refused, toHex } from '@tutela/core';
import { concatenate, sameBytes, utf8 } from '../bytes.js';
import type { Hasher } from '../crypto.js';
import { LedgerError } from '../ledger-error.js';
import type { Verdict } from '../verdict.js';
import { fromBase64, toBase64 } from './base64.js';

/** Signature types of the keys that we understand (C2SP signed-note, "Signature types"): all are Ed25519. */
export const keyTypes = { note: 0x01, cosignature: 0x04 } as const;
export type KeyType = (typeof keyTypes)[keyof typeof keyTypes];

/** Name, identifier and Ed25519 public key, whatever it may sign. */
export interface TypedKey {
  readonly name: string;
  /** 4 bytes. */
  readonly id: Uint8Array;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** @throws LedgerError `invalid` for a name that a note cannot carry or a key of another length */
export const typedKey = ({ sha256 }: Hasher, type: KeyType, name: string, publicKey: Uint8Array): TypedKey => {
  if (!isKeyName(name)) throw new LedgerError('invalid', `${JSON.stringify(name)} cannot name a key`);
  if (publicKey.length !== 32) throw new LedgerError('invalid', 'an Ed25519 public key has 32 bytes');
  const id = sha256(concatenate(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4);
  return { name, id: new Uint8Array(id), publicKey };
};

/** Not empty, no Unicode space, no plus, no control character, no lone surrogate. */
export const isKeyName = (name: string): boolean => /^[^\s\u0085+\p{Cc}\p{Cs}]+$/u.test(name);

/** C2SP verifier key: `<name>+<id in hex>+<Base64 of type and key>`. */
export const formatTypedKey = (type: KeyType, { name, id, publicKey }: TypedKey): string =>
  `${name}+${toHex(id)}+${toBase64(concatenate(Uint8Array.of(type), publicKey))}`;

export const parseTypedKey = (hasher: Hasher, type: KeyType, text: string): Verdict<TypedKey, 'not-a-verifier-key'> => {
  const not = (why: string) => refused('not-a-verifier-key', why);
  const [, name, idText, keyText] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  if (name === undefined || !isKeyName(name)) return not('a verifier key is <name>+<8 hex digits>+<Base64>');
  const typed = fromBase64(keyText ?? '');
  if (typed?.length !== 33 || typed[0] !== type) return not(`only Ed25519 keys of type ${type} are understood here`);
  const key = typedKey(hasher, type, name, typed.subarray(1));
  const stated = fromHex(idText ?? '') ?? new Uint8Array(0);
  return sameBytes(key.id, stated) === 'same' ? done(key) : not('the key identifier does not belong to this key');
};
