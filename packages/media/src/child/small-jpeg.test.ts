import { setTimeout as delay } from 'node:timers/promises';
import { encode, makePicture } from '@tutela/testkit';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { quickHeader } from './header.js';
import { openSmallJpegDecoder } from './small-jpeg.js';

const decoder = await openSmallJpegDecoder();
const decoded = (bytes: Uint8Array): Uint8Array | undefined => {
  const header = quickHeader(bytes, 'jpeg');
  return header === undefined ? undefined : decoder(bytes, header);
};
const byLibvips = (bytes: Uint8Array): Promise<Buffer> =>
  sharp(bytes, { failOn: 'warning', ignoreIcc: true }).removeAlpha().raw().toBuffer();

describe('the decoder for thumbnails', () => {
  it('gives the pixels that libvips gives, whatever the size, quality and number of channels', async () => {
    const size = fc.integer({ min: 1, max: 130 });
    const quality = fc.integer({ min: 5, max: 100 });
    const sampling = fc.constantFrom('4:2:0', '4:4:4');
    await fc.assert(
      fc.asyncProperty(size, size, quality, sampling, fc.boolean(), async (width, height, level, subsampling, grey) => {
        const picture = makePicture(width, { width, height });
        const image = sharp(picture.rgb, { raw: { width, height, channels: 3 } });
        const space = grey ? image.toColourspace('b-w') : image;
        const bytes = await space.jpeg({ quality: level, chromaSubsampling: subsampling }).toBuffer();
        const pixels = decoded(bytes);
        expect(pixels).toBeDefined();
        expect(Buffer.compare(pixels!, await byLibvips(bytes))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves progressive and large pictures to the decoder proper', async () => {
    expect(decoded(await encode(makePicture(1, { width: 60, height: 50 }), { scans: 'progressive' }))).toBeUndefined();
    expect(decoded(await encode(makePicture(1, { width: 513, height: 20 })))).toBeUndefined();
  });

  it('takes no damaged picture that libvips refuses, and recovers from each', async () => {
    const sound = await encode(makePicture(3, { width: 64, height: 48 }));
    const edit = fc.tuple(fc.nat(sound.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), fc.nat(sound.length), async (edits, end) => {
        const damaged = sound.slice(0, end);
        for (const [at, value] of edits) if (at < end) damaged[at] = value;
        if (decoded(damaged) !== undefined) await expect(byLibvips(damaged)).resolves.toBeDefined();
        // The decoder that threw is being replaced; the next one is there after a turn or two.
        while (decoded(sound) === undefined) await delay(1);
      }),
      { numRuns: 150 },
    );
  });
});
