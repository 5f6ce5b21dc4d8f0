import { createHmac, pbkdf2Sync } from 'node:crypto';
import { crc32, inflateRawSync } from 'node:zlib';
import type { Check } from '../census/lock.js';
import { zipPasswords } from './password-bytes.js';
import type { CheckVerdict } from './verdict.js';
import { zipCrypto } from './zip-crypto.js';

/** Two bytes of the derived key first, then the HMAC of 80 bits over the ciphertext (WinZip AE-2 specification). */
export const checkZipAes = (check: Extract<Check, { scheme: 'zip-aes' }>, password: string): CheckVerdict => {
  const keyBytes = 8 + 8 * check.strength;
  const salt = Buffer.from(check.salt, 'hex');
  const opens = zipPasswords(password).some(({ bytes }) => {
    const derived = pbkdf2Sync(bytes, salt, 1000, 2 * keyBytes + 2, 'sha1');
    if (derived.toString('hex', 2 * keyBytes) !== check.verifier) return false;
    const hmac = createHmac('sha1', derived.subarray(keyBytes, 2 * keyBytes)).update(Buffer.from(check.data, 'hex'));
    return hmac.digest('hex').slice(0, 20) === check.authentication;
  });
  return opens ? 'opens' : 'does-not-open';
};

const headerBytes = 12;
const stored = 0;
/** A deflated member tells its size only to those who believe it. */
const mostInflated = 64 << 20;

/** One byte of the header first, then the checksum of the plaintext. */
export const checkZipCrypto = (check: Extract<Check, { scheme: 'zip-crypto' }>, password: string): CheckVerdict => {
  const data = Buffer.from(check.data, 'hex');
  const opens = zipPasswords(password).some(({ bytes }) => {
    const cipher = zipCrypto(bytes);
    if (cipher.decrypt(data.subarray(0, headerBytes))[headerBytes - 1] !== check.checkByte) return false;
    return crcOf(check.method, cipher.decrypt(data.subarray(headerBytes))) === check.crc32;
  });
  return opens ? 'opens' : 'does-not-open';
};

const crcOf = (method: number, plain: Uint8Array): number | undefined => {
  if (method === stored) return crc32(plain);
  try {
    return crc32(inflateRawSync(plain, { maxOutputLength: mostInflated }));
  } catch {
    return undefined; // nothing that was deflated: the password is another
  }
};
