import { canonicalJson, type JsonObject, toHex } from '@tutela/core';
import { utf8 } from './bytes.js';
import type { Hasher } from './crypto.js';

/**
 * What an entry shows of its payload: HMAC-SHA-256 of the payload's RFC 8785 text, in hexadecimal.
 *
 * A plain digest of an address or a name can be guessed and tried; under a random key of 32 bytes it cannot, and once
 * the key is destroyed the entry says nothing any more while the log stays whole.
 */
export const commit = ({ hmacSha256 }: Hasher, key: Uint8Array, payload: JsonObject): string =>
  toHex(hmacSha256(key, utf8(canonicalJson(payload))));

/** Key and payload: whoever holds both can show what an entry was about. */
export interface Opening {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly payload: JsonObject;
}

export const checkOpening = (
  hasher: Hasher,
  commitment: string,
  { key, payload }: Opening,
): 'opens' | 'does-not-open' => (commit(hasher, key, payload) === commitment ? 'opens' : 'does-not-open');
