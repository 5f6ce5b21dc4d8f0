import { createHash } from 'node:crypto';
import { encode } from '../picture/encode.js';
import { makePicture } from '../picture/make-picture.js';
import { withComment } from '../seizure/pictures.js';

/** A content of a file, and the picture that it shows. */
export interface PictureContent {
  readonly picture: string;
  /** SHA-256, 64 hexadecimal digits. */
  readonly content: string;
  readonly bytes: Uint8Array;
}

/** The same picture as it goes round: as it was, saved again, with a comment, smaller. */
const copies = [
  (first: Uint8Array) => Promise.resolve(first),
  (first: Uint8Array) => Promise.resolve(withComment(Buffer.from(first), 'sent on')),
  (_: Uint8Array, seed: number) => encode(makePicture(seed, size), { quality: 70 }),
  (_: Uint8Array, seed: number) => encode(makePicture(seed, size), { quality: 85, resize: 0.9 }),
] as const;
/** At 128×96 copies of one picture in ten are more than 31 bits apart, and which of them are bundled depends on their order. */
const size = { width: 192, height: 144 };

/** Harmless pictures, each in as many copies as asked for (up to 4) that look the same and have other bytes. */
export const reportPictures = async (
  seeds: readonly number[],
  copiesEach: number,
): Promise<readonly (readonly PictureContent[])[]> => {
  const made: PictureContent[][] = [];
  for (const seed of seeds) {
    const first = await encode(makePicture(seed, size), { quality: 88 });
    const contents: PictureContent[] = [];
    for (const copy of copies.slice(0, copiesEach)) {
      const bytes = await copy(first, seed);
      contents.push({
        picture: `picture ${seed}`,
        content: createHash('sha256').update(bytes).digest('hex'),
        bytes,
      });
    }
    made.push(contents);
  }
  return made;
};
