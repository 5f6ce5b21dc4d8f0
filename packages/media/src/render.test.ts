import { encode, makePicture, type PictureFormat } from '@tutela/testkit';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { openDecoder } from './decoder.js';
import { encodePixels } from './encode-pixels.js';
import type { DecodedPicture, Look } from './outcomes.js';

const decoder = openDecoder({ processes: 2 });
afterAll(() => decoder.close());

const plain: Look = { side: 300, tone: 'colour', blur: 0 };
const rendered = async (input: Uint8Array, look: Look): Promise<DecodedPicture> => {
  const outcome = await decoder.render(input, look);
  if (outcome.kind !== 'done') throw new Error(outcome.reason.message);
  return outcome.value;
};
/** How much neighbouring pixels differ, summed. */
const detail = ({ rgb }: DecodedPicture): number =>
  rgb.reduce((sum, value, at) => (at < 3 ? sum : sum + Math.abs(value - rgb[at - 3]!)), 0);
const isGrey = ({ rgb }: DecodedPicture): boolean =>
  rgb.every((value, at) => at % 3 === 0 || value === rgb[at - (at % 3)]);

const bytes = await encode(makePicture(11, { width: 640, height: 480 }));

describe('a picture for eyes', () => {
  it('is as small, as grey and as blurred as it was asked for', async () => {
    const clear = await rendered(bytes, plain);
    expect(clear).toMatchObject({ width: 300, height: 225, storedWidth: 640, storedHeight: 480 });
    expect(isGrey(clear)).toBe(false);
    expect(isGrey(await rendered(bytes, { ...plain, tone: 'grey' }))).toBe(true);
    const blurred = await rendered(bytes, { ...plain, blur: 8 });
    expect(detail(blurred)).toBeLessThan(detail(clear) / 3);
    expect(detail(await rendered(bytes, { ...plain, blur: 20 }))).toBeLessThan(detail(blurred));
  });

  it.each<PictureFormat>(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'])('is made of %s', async (format) => {
    const picture = await rendered(await encode(makePicture(1), { format }), { ...plain, side: 64, tone: 'grey' });
    expect(Math.max(picture.width, picture.height)).toBe(64);
    expect(isGrey(picture)).toBe(true);
  });

  it('is made of grey, 16-bit, CMYK and palette pictures', async () => {
    const source = sharp(bytes);
    const forms = [
      source.clone().toColourspace('rgb16').png(),
      source.clone().png({ palette: true, colours: 64 }),
      source.clone().toColourspace('cmyk').jpeg(),
      source.clone().toColourspace('b-w').jpeg(),
    ];
    for (const form of forms)
      expect(await rendered(await form.toBuffer(), plain)).toMatchObject({ width: 300, height: 225 });
  });

  it('is turned as its EXIF orientation says, and lies on grey where it is transparent', async () => {
    const turned = await sharp(bytes).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await rendered(turned, plain)).toMatchObject({ width: 225, height: 300 });
    const clear = { width: 20, height: 20, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0 } } as const;
    const { rgb } = await rendered(await sharp({ create: clear }).png().toBuffer(), plain);
    expect([...rgb.subarray(0, 3)]).toEqual([128, 128, 128]);
  });

  it('is never larger than 1600 pixels a side, nor than the original', async () => {
    const wide = await encode(makePicture(2, { width: 2000, height: 500 }));
    expect(await rendered(wide, { ...plain, side: 9_000 })).toMatchObject({ width: 1600, height: 400 });
    expect(await rendered(bytes, { ...plain, side: 9_000 })).toMatchObject({ width: 640, height: 480 });
  });

  it('of what cannot be decoded is a name', async () => {
    const ended = async (input: Uint8Array) => {
      const outcome = await decoder.render(input, plain);
      return outcome.kind === 'done' ? 'done' : outcome.reason.code;
    };
    expect(await ended(Buffer.from('....ftypisom, a video'))).toBe('not-a-picture');
    expect(await ended(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('unsupported');
    expect(await ended(bytes.subarray(0, 40))).toBe('truncated');
  });
});

describe('pixels written as WebP', () => {
  it('keep their size and nearly their values, whatever they are, and bring nothing else along', async () => {
    const side = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(side, side, fc.nat(), async (width, height, seed) => {
        const rgb = Uint8Array.from({ length: 3 * width * height }, (_, at) => (seed + at * 3) % 200);
        const file = await encodePixels({ width, height, rgb });
        const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
        expect([info.width, info.height, info.channels]).toEqual([width, height, 3]);
        const off = rgb.reduce((sum, value, at) => sum + Math.abs(value - data[at]!), 0) / rgb.length;
        expect(off).toBeLessThan(60);
        const { exif, icc, xmp } = await sharp(file).metadata();
        expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
      }),
      { numRuns: 25 },
    );
  });
});
