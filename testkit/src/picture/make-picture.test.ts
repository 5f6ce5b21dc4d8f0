import { createHash } from 'node:crypto';
import { type Pdq, pdq } from '@tutela/fingerprint';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Copy, encode } from './encode.js';
import { makePicture, type Picture } from './make-picture.js';

const distance = (a: Pdq, b: Pdq): number => {
  let bits = 0;
  for (const [at, byte] of a.hash.entries()) {
    for (let rest = byte ^ b.hash[at]!; rest > 0; rest >>= 1) bits += rest & 1;
  }
  return bits;
};

describe('synthetic pictures', () => {
  it('are the same bytes on every machine', () => {
    const digest = createHash('sha256')
      .update(makePicture(7, { width: 320, height: 200 }).rgb)
      .digest('hex');
    expect(digest).toBe('0a6e29c1c59ba48ecd750979e7b2b02410f257fd307a38b387a13b46b9075e24');
  });

  it('lie over 90 bits apart and have a quality of at least 80', () => {
    const hashes = Array.from({ length: 120 }, (_, seed) => pdq(makePicture(seed, { width: 320, height: 240 })));
    expect(Math.min(...hashes.map(({ quality }) => quality))).toBeGreaterThanOrEqual(80);
    const distances = hashes.flatMap((a, index) => hashes.slice(index + 1).map((b) => distance(a, b)));
    expect(Math.min(...distances)).toBeGreaterThan(90);
  });

  it.each([
    [320, 240],
    [1600, 1000],
    [333, 500],
  ])('come in any size, such as %d by %d', (width, height) => {
    expect(makePicture(1, { width, height })).toMatchObject({ width, height, rgb: { length: 3 * width * height } });
  });
});

describe('copies of a synthetic picture', () => {
  const picture = makePicture(3, { width: 480, height: 360 });
  const original = pdq(picture);
  const decoded = async (copy: Copy): Promise<Picture> => {
    const bytes = await encode(picture, copy);
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgb: data };
  };

  it.each<Copy>([
    { format: 'png' },
    { quality: 30 },
    { scans: 'progressive' },
    { format: 'webp', quality: 60 },
    { resize: 0.5 },
    { brightness: 1.15 },
  ])('stay within 31 bits when only re-encoded, resized or brightened: %o', async (copy) => {
    expect(distance(pdq(await decoded(copy)), original)).toBeLessThanOrEqual(31);
  });

  it.each<Copy>([{ mirror: 'left-right' }, { mirror: 'upside-down' }, { crop: 0.1 }])(
    'go beyond 31 bits when mirrored or cropped: %o',
    async (copy) => {
      expect(distance(pdq(await decoded(copy)), original)).toBeGreaterThan(31);
    },
  );

  it('keep every pixel as PNG', async () => {
    expect(Buffer.compare((await decoded({ format: 'png' })).rgb, picture.rgb)).toBe(0);
  });
});
