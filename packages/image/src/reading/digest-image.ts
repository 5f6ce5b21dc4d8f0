import { createHash, type Hash } from 'node:crypto';
import { done, failed, type Outcome } from '@tutela/core';
import { type EwfCode, readEwfFacts } from '../ewf/ewf-facts.js';
import { verifyEwf } from '../ewf/verify-ewf.js';
import type { OpenImage } from '../open-image.js';
import { type StreamCode, streamImage } from './stream-image.js';

/** Hexadecimal digests of the disk that an image shows; of a raw image, of its files one after another. */
export interface ImageDigests {
  readonly bytes: number;
  readonly sha256: string;
  readonly sha1: string;
  readonly md5: string;
  /** SHA-256 of each extent, in order: what has changed later is found to within one. */
  readonly extents: readonly string[];
  readonly extentBytes: number;
  /** Whether the digests that the image carries say the same. */
  readonly stored: 'agrees' | 'none';
}

const gibibyte = 2 ** 30;

/**
 * Reads the image once. Where an EWF image is damaged the tools hand out zeros and end well, so the digest stands only
 * where the stored one agrees or, without one, every checksum in it does (test: "damage that the tools pass over in
 * silence makes no digest").
 */
export const digestImage = async (
  image: OpenImage,
  extentBytes: number = gibibyte,
): Promise<Outcome<ImageDigests, StreamCode | EwfCode | 'damaged'>> => {
  const whole = { sha256: createHash('sha256'), sha1: createHash('sha1'), md5: createHash('md5') };
  const extents = newExtents(extentBytes);
  const streamed = await streamImage(image, (piece) => {
    for (const hash of Object.values(whole)) hash.update(piece);
    extents.update(piece);
  });
  if (streamed.kind !== 'done') return streamed;
  const digests = {
    ...streamed.value,
    sha256: whole.sha256.digest('hex'),
    sha1: whole.sha1.digest('hex'),
    md5: whole.md5.digest('hex'),
    extents: extents.digests(),
    extentBytes,
  };
  if (image.format !== 'ewf') return done({ ...digests, stored: 'none' });
  const facts = await readEwfFacts(image);
  if (facts.kind !== 'done') return facts;
  const { md5, sha1 } = facts.value;
  const stands = (md5 ?? digests.md5) === digests.md5 && (sha1 ?? digests.sha1) === digests.sha1;
  if (stands && (md5 ?? sha1) !== null) return done({ ...digests, stored: 'agrees' });
  const verified = await verifyEwf(image);
  if (verified.kind !== 'done') return verified;
  const [first] = verified.value.damaged;
  if (first !== undefined)
    return failed('damaged', `from byte ${first.from} to ${first.to - 1} its checksums do not hold`);
  return stands
    ? done({ ...digests, stored: 'none' })
    : failed('damaged', `its MD5 is ${digests.md5}, the image says ${md5}; every checksum in it holds`);
};

const newExtents = (extentBytes: number) => {
  const finished: string[] = [];
  let hash: Hash | undefined;
  let filled = 0;
  return {
    update: (piece: Buffer): void => {
      for (let from = 0; from < piece.length; ) {
        const part = piece.subarray(from, from + extentBytes - filled);
        hash ??= createHash('sha256');
        hash.update(part);
        from += part.length;
        filled += part.length;
        if (filled < extentBytes) continue;
        finished.push(hash.digest('hex'));
        hash = undefined;
        filled = 0;
      }
    },
    digests: (): readonly string[] => (hash === undefined ? finished : [...finished, hash.digest('hex')]),
  };
};
