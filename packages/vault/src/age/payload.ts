import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { VaultError } from '../vault-error.js';

export const payloadNonceBytes = 16;
const chunkBytes = 64 * 1024;
const tagBytes = 16;
const options = { authTagLength: tagBytes };

/** @returns the key of an age payload (age.md, "Payload"): HKDF-SHA-256 of the file key, salted with the nonce */
export const payloadKey = (fileKey: Uint8Array, nonce: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32));

/** STREAM's nonce: an 11-byte big-endian counter and a byte that is 1 for the last chunk. */
const nonceOf = (chunk: number, place: 'last' | 'before'): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(chunk, 5, 6);
  nonce[11] = place === 'last' ? 1 : 0;
  return nonce;
};

/** STREAM with ChaCha20-Poly1305 in chunks of 64 KiB, as age has it; the last chunk may be full. */
export async function* sealPayload(key: Uint8Array, source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let chunk = 0;
  const seal = (plain: Uint8Array, place: 'last' | 'before'): Buffer => {
    const cipher = createCipheriv('chacha20-poly1305', key, nonceOf(chunk++, place), options);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };
  for await (const { bytes, place } of chunksOf(source, chunkBytes)) yield seal(bytes, place);
}

/** @throws VaultError `age-failed` when a chunk was changed, or the payload cut or lengthened */
export async function* openPayload(key: Uint8Array, source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let chunk = 0;
  for await (const { bytes, place } of chunksOf(source, chunkBytes + tagBytes)) {
    const end = bytes.length - tagBytes;
    // An empty last chunk stands for an empty file only.
    if (end < 0 || (end === 0 && chunk > 0)) throw new VaultError('age-failed', 'the payload is cut');
    const decipher = createDecipheriv('chacha20-poly1305', key, nonceOf(chunk++, place), options);
    decipher.setAuthTag(bytes.subarray(end));
    const plain = decipher.update(bytes.subarray(0, end));
    try {
      decipher.final();
    } catch (cause) {
      throw new VaultError('age-failed', `chunk ${chunk - 1} of the payload is not what was written`, { cause });
    }
    yield plain;
  }
}

interface Chunk {
  readonly bytes: Uint8Array;
  readonly place: 'last' | 'before';
}

/** Chunks of one size; at least one. Which one is last is known only once the source has ended. */
async function* chunksOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Chunk> {
  let held = Buffer.alloc(size);
  let heldBytes = 0;
  for await (const piece of source) {
    for (let at = 0; at < piece.length; ) {
      if (heldBytes === size) {
        yield { bytes: held, place: 'before' };
        held = Buffer.alloc(size);
        heldBytes = 0;
      }
      const more = Math.min(piece.length - at, size - heldBytes);
      held.set(piece.subarray(at, at + more), heldBytes);
      heldBytes += more;
      at += more;
    }
  }
  yield { bytes: held.subarray(0, heldBytes), place: 'last' };
}
