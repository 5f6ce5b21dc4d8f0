import { createHmac } from 'node:crypto';

const hashBytes = 64;

/**
 * HKDF-Expand with SHA-512 (RFC 5869 §2.3). Without Extract: every key here is 32 uniformly random bytes already.
 * @param length at most 255 · 64 bytes
 */
export const hkdfExpand = (key: Uint8Array, info: Uint8Array, length: number): Buffer => {
  const blocks: Buffer[] = [];
  let last: Buffer = Buffer.alloc(0);
  for (let counter = 1; (counter - 1) * hashBytes < length; counter++) {
    last = createHmac('sha512', key).update(last).update(info).update(Uint8Array.of(counter)).digest();
    blocks.push(last);
  }
  return Buffer.concat(blocks).subarray(0, length);
};
