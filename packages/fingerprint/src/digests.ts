import { createHash, type Hash, hash } from 'node:crypto';

/** Digests of the same bytes, and how many there were. */
export interface Digests {
  readonly sha256: Uint8Array;
  readonly sha1: Uint8Array;
  readonly md5: Uint8Array;
  readonly size: number;
}

/** SHA-256, SHA-1 and MD5 of bytes in memory. */
export const digestBytes = (bytes: Uint8Array): Digests => ({
  sha256: hash('sha256', bytes, 'buffer'),
  sha1: hash('sha1', bytes, 'buffer'),
  md5: hash('md5', bytes, 'buffer'),
  size: bytes.length,
});

/** The three digests of bytes that arrive in pieces; each piece may be overwritten once `add` returns. */
export interface RunningDigests {
  readonly add: (piece: Uint8Array) => void;
  readonly end: () => Digests;
}

export const runningDigests = (): RunningDigests => {
  const sha256: Hash = createHash('sha256');
  const sha1: Hash = createHash('sha1');
  const md5: Hash = createHash('md5');
  let size = 0;
  return {
    add: (piece) => {
      sha256.update(piece);
      sha1.update(piece);
      md5.update(piece);
      size += piece.length;
    },
    end: () => ({ sha256: sha256.digest(), sha1: sha1.digest(), md5: md5.digest(), size }),
  };
};
