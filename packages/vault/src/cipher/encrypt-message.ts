import { createCipheriv, randomBytes } from 'node:crypto';
import { VaultError } from '../vault-error.js';
import { type ChunkKeys, chunkBytes, deriveChunkKeys, mostChunks, nonceOf, saltBytes } from './chunk-keys.js';

export interface MessageKey {
  /** 32 random bytes. */
  readonly key: Uint8Array;
  /** Bound into the keys: a message opens only in the context it was written for. */
  readonly context: Uint8Array;
}

/** Takes plaintext in pieces of any size and gives the encrypted message in pieces; holds less than one chunk back. */
export interface MessageEncryptor {
  /** Salt and commitment: 56 bytes, to be written first. */
  readonly prefix: Uint8Array;
  readonly update: (piece: Uint8Array) => readonly Uint8Array[];
  /** The last, short chunk. Once. */
  readonly end: () => readonly Uint8Array[];
}

/**
 * Encrypts one message as C2SP chunked-encryption v1, Cobblestone-256.
 * @param salt only for published vectors; random otherwise
 */
export const messageEncryptor = (
  { key, context }: MessageKey,
  salt: Uint8Array = randomBytes(saltBytes),
): MessageEncryptor => {
  const keys = deriveChunkKeys(key, salt, context);
  const held = Buffer.alloc(chunkBytes);
  let heldBytes = 0;
  let chunk = 0;
  const seal = (plain: Uint8Array): readonly Uint8Array[] => {
    if (chunk >= mostChunks) throw new VaultError('too-large', 'a message has at most 2^38 chunks');
    return sealChunk(keys, chunk++, plain);
  };
  const update = (piece: Uint8Array): readonly Uint8Array[] => {
    const sealed: Uint8Array[] = [];
    let at = 0;
    if (heldBytes > 0) {
      at = Math.min(piece.length, chunkBytes - heldBytes);
      held.set(piece.subarray(0, at), heldBytes);
      heldBytes += at;
      if (heldBytes < chunkBytes) return sealed;
      sealed.push(...seal(held));
    }
    for (; piece.length - at >= chunkBytes; at += chunkBytes) sealed.push(...seal(piece.subarray(at, at + chunkBytes)));
    held.set(piece.subarray(at));
    heldBytes = piece.length - at;
    return sealed;
  };
  return {
    prefix: Buffer.concat([salt, keys.commitment]),
    update,
    end: () => seal(held.subarray(0, heldBytes)),
  };
};

const sealChunk = ({ key, baseNonce }: ChunkKeys, chunk: number, plain: Uint8Array): readonly Uint8Array[] => {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(baseNonce, chunk));
  const sealed = cipher.update(plain);
  cipher.final();
  return [sealed, cipher.getAuthTag()];
};
