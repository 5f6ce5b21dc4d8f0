import { encode } from '../picture/encode.js';
import { makePicture } from '../picture/make-picture.js';

/** Small harmless pictures that files are copies of. */
export const picturePool = async (seed: number, count: number): Promise<readonly Buffer[]> => {
  const pool: Buffer[] = [];
  for (let at = 0; at < count; at++) {
    const picture = makePicture(seed * 1000 + at, { width: 96, height: 72 });
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
