import { createHash } from 'node:crypto';
import type { Md5, PutOptions, Sha256 } from './vault.js';

export interface DigestsSoFar {
  readonly update: (chunk: Uint8Array) => void;
  readonly end: () => { readonly sha256: Sha256; readonly size: number; readonly md5?: Md5 };
}

/** One pass over the bytes for every digest asked for. */
export const startDigests = ({ also = [] }: PutOptions = {}): DigestsSoFar => {
  const sha256 = createHash('sha256');
  const md5 = also.includes('md5') ? createHash('md5') : undefined;
  let size = 0;
  return {
    update: (chunk) => {
      sha256.update(chunk);
      md5?.update(chunk);
      size += chunk.length;
    },
    end: () => ({
      sha256: sha256.digest('hex') as Sha256,
      size,
      ...(md5 && { md5: md5.digest('hex') as Md5 }),
    }),
  };
};
