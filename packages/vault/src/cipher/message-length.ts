import { chunkBytes, prefixBytes, sealedChunkBytes, tagBytes } from './chunk-keys.js';

/** Bytes of the encrypted message for so many bytes of plaintext. */
export const encryptedLength = (plain: number): number =>
  prefixBytes + plain + tagBytes * (Math.floor(plain / chunkBytes) + 1);

/** The one plaintext length that gives this encrypted length; `undefined` for a length that no message has. */
export const plainLength = (encrypted: number): number | undefined => {
  const body = encrypted - prefixBytes;
  const last = body % sealedChunkBytes;
  // The last chunk is short and has its tag: a body of whole chunks was cut at a border.
  if (body < tagBytes || last < tagBytes) return undefined;
  return Math.floor(body / sealedChunkBytes) * chunkBytes + last - tagBytes;
};

/** Where chunk `number` begins in the encrypted message. */
export const chunkOffset = (chunk: number): number => prefixBytes + chunk * sealedChunkBytes;
