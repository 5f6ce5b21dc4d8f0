import { createHmac, pbkdf2Sync } from 'node:crypto';
import { crc32, inflateRawSync } from 'node:zlib';
import type { Check } from '../census/lock.js';
import { zipPasswords } from './password-bytes.js';
import type { CheckVerdict } from './verdict.js';
import { zipCrypto } from './zip-crypto.js';

type AesCheck = Extract<Check, { scheme: 'zip-aes' }>;

/** Two bytes of the derived key first, then the HMAC of 80 bits over the ciphertext (WinZip AE-2 specification). */
export const checkZipAes = (check: AesCheck, password: string): CheckVerdict => {
  const keyBytes = keyBytesOf(check);
  const opens = fittingKeys(check, password).some((derived) => {
    const hmac = createHmac('sha1', derived.subarray(keyBytes, 2 * keyBytes)).update(Buffer.from(check.data, 'hex'));
    return hmac.digest('hex').slice(0, 20) === check.authentication;
  });
  return opens ? 'opens' : 'does-not-open';
};

/** Whether the two bytes fit, which one in 65,536 other passwords does as well. */
export const verifierFits = (check: AesCheck, password: string): boolean => fittingKeys(check, password).length > 0;

const keyBytesOf = ({ strength }: AesCheck): number => 8 + 8 * strength;

const fittingKeys = (check: AesCheck, password: string): readonly Buffer[] => {
  const keyBytes = keyBytesOf(check);
  const salt = Buffer.from(check.salt, 'hex');
  return zipPasswords(password)
    .map(({ bytes }) => pbkdf2Sync(bytes, salt, 1000, 2 * keyBytes + 2, 'sha1'))
    .filter((derived) => derived.toString('hex', 2 * keyBytes) === check.verifier);
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
