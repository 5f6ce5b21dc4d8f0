import { createHash } from 'node:crypto';
import { pdq } from '@tutela/fingerprint';
import sharp from 'sharp';
import { type Copy, encode } from '../picture/encode.js';
import { makePicture } from '../picture/make-picture.js';

const size = { width: 96, height: 72 };

/** Small harmless pictures that files are copies of. */
export const picturePool = async (seed: number, count: number): Promise<readonly Buffer[]> => {
  const pool: Buffer[] = [];
  for (let at = 0; at < count; at++) {
    const picture = makePicture(seed * 1000 + at, size);
    pool.push(Buffer.from(await encode(picture, { quality: 80 })));
  }
  return pool;
};

/** The same picture with a comment (JPEG segment FE): the same to the eye, other bytes. */
export const withComment = (jpeg: Buffer, comment: string): Buffer => {
  const text = Buffer.from(comment, 'latin1');
  const head = Buffer.from([0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
};

/** An edited copy of a picture of the pool, and which one it shows. */
export interface EditedCopy {
  /** SHA-256 of the picture as the pool has it. */
  readonly of: string;
  readonly bytes: Buffer;
}

/** How pictures change on their way: saved again, smaller, larger, mirrored, brighter, a little cut off. */
const edits: readonly Copy[] = [
  { quality: 55 },
  { quality: 75, resize: 0.75 },
  { quality: 85, resize: 1.5 },
  { quality: 80, mirror: 'left-right' },
  { quality: 70, brightness: 1.15 },
  { quality: 80, crop: 0.01 },
];

/** Each of the first so many pictures of the pool in every edit. */
export const editedCopies = async (seed: number, pool: readonly Buffer[]): Promise<readonly EditedCopy[]> => {
  const copies: EditedCopy[] = [];
  for (const [at, original] of pool.entries()) {
    const picture = makePicture(seed * 1000 + at, size);
    for (const edit of edits) copies.push({ of: sha256Of(original), bytes: Buffer.from(await encode(picture, edit)) });
  }
  return copies;
};

/** PDQ of a file as lists state it, and its quality. */
export const pdqOf = async (bytes: Buffer): Promise<{ readonly hex: string; readonly quality: number }> => {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { hash, quality } = pdq({ width: info.width, height: info.height, rgb: new Uint8Array(data) });
  return { hex: Buffer.from(hash).toString('hex'), quality };
};

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
