import { createDecipheriv, timingSafeEqual } from 'node:crypto';
import { VaultError } from '../vault-error.js';
import { type ChunkKeys, deriveChunkKeys, nonceOf, saltBytes, sealedChunkBytes, tagBytes } from './chunk-keys.js';
import type { MessageKey } from './encrypt-message.js';

/** Opens the chunks of one message, in any order. */
export interface ChunkOpener {
  /** @throws VaultError `damaged` when the chunk is not the one that was written at this place */
  readonly open: (sealed: Uint8Array, chunk: number) => Buffer;
}

/**
 * @param prefix the first 56 bytes of the message
 * @throws VaultError `damaged` when it was not written under this key and context
 */
export const chunkOpener = ({ key, context }: MessageKey, prefix: Uint8Array): ChunkOpener => {
  const keys = deriveChunkKeys(key, prefix.subarray(0, saltBytes), context);
  const commitment = prefix.subarray(saltBytes);
  if (commitment.length !== keys.commitment.length || !timingSafeEqual(commitment, keys.commitment)) {
    throw new VaultError('damaged', 'the message was not written under this key');
  }
  return { open: (sealed, chunk) => openChunk(keys, sealed, chunk) };
};

const openChunk = ({ key, baseNonce }: ChunkKeys, sealed: Uint8Array, chunk: number): Buffer => {
  if (sealed.length < tagBytes) throw new VaultError('damaged', `chunk ${chunk} is cut`);
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(baseNonce, chunk), { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
  try {
    decipher.final();
  } catch (cause) {
    throw new VaultError('damaged', `chunk ${chunk} is not what was written`, { cause });
  }
  return plain;
};

/** Which part of the chunks' plaintext is wanted: from byte `skip` of the first chunk, `take` bytes. */
export interface Window {
  readonly firstChunk: number;
  readonly skip: number;
  readonly take: number;
}

/**
 * Decrypts chunks that follow each other. Every chunk is authenticated before a byte of it is given out.
 * @param sealed from the first byte of chunk `firstChunk`, in pieces of any size
 * @param end `message`: the stream has to end with the short last chunk, and with nothing after it
 * @throws VaultError `damaged`
 */
export async function* decryptChunks(
  { open }: ChunkOpener,
  sealed: AsyncIterable<Uint8Array>,
  { firstChunk, skip, take }: Window,
  end: 'message' | 'window',
): AsyncGenerator<Buffer> {
  let left = take;
  let chunk = firstChunk;
  let lastLength = sealedChunkBytes;
  for await (const piece of wholeChunks(sealed)) {
    if (lastLength < sealedChunkBytes) throw new VaultError('damaged', 'there are bytes after the last chunk');
    lastLength = piece.length;
    const plain = open(piece, chunk);
    const wanted = plain.subarray(chunk === firstChunk ? skip : 0);
    chunk++;
    const given = wanted.subarray(0, left);
    left -= given.length;
    if (given.length > 0) yield given;
  }
  if (end === 'message' && lastLength === sealedChunkBytes) throw new VaultError('damaged', 'the message is cut');
  if (left > 0) throw new VaultError('damaged', `${left} bytes are missing`);
}

/** Pieces of exactly one sealed chunk; the last one may be shorter. Holds at most one chunk. */
async function* wholeChunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const held = Buffer.alloc(sealedChunkBytes);
  let heldBytes = 0;
  for await (const piece of source) {
    let at = 0;
    while (at < piece.length) {
      if (heldBytes === 0 && piece.length - at >= sealedChunkBytes) {
        yield piece.subarray(at, at + sealedChunkBytes);
        at += sealedChunkBytes;
        continue;
      }
      const more = Math.min(piece.length - at, sealedChunkBytes - heldBytes);
      held.set(piece.subarray(at, at + more), heldBytes);
      heldBytes += more;
      at += more;
      if (heldBytes === sealedChunkBytes) {
        yield held;
        heldBytes = 0;
      }
    }
  }
  if (heldBytes > 0) yield held.subarray(0, heldBytes);
}
