import { hkdfExpand } from './hkdf.js';

/** Bytes of plaintext in every chunk but the last one, which is always shorter. */
export const chunkBytes = 16 * 1024;
export const tagBytes = 16;
export const sealedChunkBytes = chunkBytes + tagBytes;
export const saltBytes = 24;
/** Salt and commitment, before the first chunk. */
export const prefixBytes = saltBytes + 32;

export interface ChunkKeys {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 12 bytes. */
  readonly baseNonce: Buffer;
  /** 32 bytes. */
  readonly commitment: Uint8Array;
}

/**
 * Keys of one message: C2SP chunked-encryption (v1, "Key derivation"), instance Cobblestone-256.
 * @param inputKey 32 random bytes
 * @param salt 24 bytes, never twice with the same key
 */
export const deriveChunkKeys = (inputKey: Uint8Array, salt: Uint8Array, context: Uint8Array): ChunkKeys => {
  const label = Buffer.from('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0', 'latin1');
  const derived = hkdfExpand(inputKey, Buffer.concat([label, salt, context]), 32 + 12 + 32);
  return { key: derived.subarray(0, 32), baseNonce: derived.subarray(32, 44), commitment: derived.subarray(44) };
};

/** The base nonce XOR the chunk's number as a 96-bit big-endian integer; the number has at most 38 bits. */
export const nonceOf = (baseNonce: Buffer, chunk: number): Buffer => {
  const nonce = Buffer.from(baseNonce);
  nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ (chunk >>> 0)) >>> 0, 8);
  nonce.writeUInt32BE((nonce.readUInt32BE(4) ^ Math.floor(chunk / 2 ** 32)) >>> 0, 4);
  return nonce;
};

/** Chunks of a message at most (specification, "Message chunking"). */
export const mostChunks = 2 ** 38;
