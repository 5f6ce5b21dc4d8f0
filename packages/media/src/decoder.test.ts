import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Pdq, pdq } from '@tutela/fingerprint';
import { encode, makePicture, type PictureFormat } from '@tutela/testkit';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { openDecoder } from './decoder.js';
import type { DecodedPicture, DecodeMode } from './outcomes.js';

const decoder = openDecoder({ processes: 2 });
afterAll(() => decoder.close());

const decoded = async (input: Uint8Array, mode?: DecodeMode): Promise<DecodedPicture> => {
  const outcome = await decoder.decode(input, mode);
  if (outcome.kind !== 'done') throw new Error(outcome.reason.message);
  return outcome.value;
};
const distance = (a: Pdq, b: Pdq): number =>
  Buffer.from(a.hash).reduce((sum, byte, at) => sum + (byte ^ b.hash[at]!).toString(2).replaceAll('0', '').length, 0);
const raw = (rgb: Uint8Array, width: number, height: number): Sharp =>
  sharp(rgb, { raw: { width, height, channels: 3 } });

describe('decoding', () => {
  it.each<PictureFormat>(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'])('takes %s', async (format) => {
    const picture = makePicture(1, { width: 540, height: 360 });
    const result = await decoded(await encode(picture, { format }));
    expect(result).toMatchObject({ type: format, width: 512, height: 341, storedWidth: 540, storedHeight: 360 });
    expect(result).toMatchObject({ integrity: 'whole', decodedBy: expect.stringMatching(/^sharp \S+, libvips \S+;/) });
    expect(distance(pdq(result), pdq(picture))).toBeLessThanOrEqual(12);
  });

  it('never enlarges, and shrinks to 512 and no further', async () => {
    const small = await decoded(await encode(makePicture(2, { width: 34, height: 42 })));
    expect(small).toMatchObject({ width: 34, height: 42 });
    const tall = await decoded(await encode(makePicture(2, { width: 700, height: 2200 })));
    expect(tall).toMatchObject({ width: 163, height: 512, storedWidth: 700, storedHeight: 2200 });
    const exact = await decoded(await encode(makePicture(2, { width: 100, height: 513 })), 'exact');
    expect(exact).toMatchObject({ width: 512, height: 512, storedWidth: 100, storedHeight: 513 });
  });

  it('hands out colours, not luma: red and blue keep their values', async () => {
    const halves = new Uint8Array(3 * 40 * 40).map((_, at) =>
      at % 3 === (Math.floor(at / 3) % 40 < 20 ? 0 : 2) ? 255 : 0,
    );
    const { rgb } = await decoded(await raw(halves, 40, 40).png().toBuffer());
    expect(Buffer.compare(rgb, halves)).toBe(0);
  });

  it('ignores the EXIF orientation, as the reference does', async () => {
    const picture = makePicture(3, { width: 300, height: 200 });
    const turned = await sharp(await encode(picture, { format: 'png' }))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await decoded(turned)).toMatchObject({ width: 300, height: 200 });
  });

  it('drops alpha without blending: the colour under a clear pixel counts', async () => {
    const { width, height, rgb } = makePicture(4, { width: 700, height: 525 });
    const alpha = Buffer.from(rgb.filter((_, at) => at % 3 === 0));
    const clear = raw(rgb, width, height).joinChannel(alpha, { raw: { width, height, channels: 1 } });
    const opaque = await decoded(await raw(rgb, width, height).png().toBuffer());
    const bytes = await clear.png().toBuffer();
    expect((await sharp(bytes).metadata()).hasAlpha).toBe(true);
    expect(Buffer.compare((await decoded(bytes)).rgb, opaque.rgb)).toBe(0);
  });

  it.each<DecodeMode>(['default', 'exact'])('takes grey, 16-bit, CMYK and palette pictures (%s)', async (mode) => {
    const picture = makePicture(5, { width: 520, height: 390 });
    const source = raw(picture.rgb, picture.width, picture.height);
    const original = pdq(await decoded(await source.clone().png().toBuffer(), mode));
    const forms = {
      deep: await source.clone().toColourspace('rgb16').png().toBuffer(),
      palette: await source.clone().png({ palette: true, colours: 64 }).toBuffer(),
      inks: await source.clone().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
      grey: await source.clone().toColourspace('b-w').jpeg({ quality: 95 }).toBuffer(),
    };
    expect((await sharp(forms.deep).metadata()).depth).toBe('ushort');
    expect((await sharp(forms.inks).metadata()).space).toBe('cmyk');
    for (const [name, bytes] of Object.entries(forms)) {
      const result = await decoded(bytes, mode);
      expect(result.grey, name).toBe(name === 'grey' ? true : undefined);
      expect(distance(pdq(result), original), name).toBeLessThanOrEqual(16);
    }
  });

  const modes = fileURLToPath(new URL('../../../../shared/fixtures/pdq/images/misc-images/modes/', import.meta.url));
  it.skipIf(!existsSync(modes))('takes all 14 colour modes within 12 bits (skipped without ../shared)', async () => {
    const original = pdq(await decoded(readFileSync(`${modes}original.jpg`), 'exact'));
    const files = readdirSync(modes).filter((name) => !name.endsWith('.md'));
    expect(files).toHaveLength(14);
    for (const file of files) {
      for (const mode of ['default', 'exact'] as const) {
        expect(distance(pdq(await decoded(readFileSync(modes + file), mode)), original), file).toBeLessThanOrEqual(12);
      }
    }
  });
});

describe('short cuts that the default mode must not take (fingerprints.md §2.2)', () => {
  const picture = makePicture(21, { width: 200, height: 260 });
  const own = pdq(picture);
  const hashed = async (image: Sharp): Promise<Pdq> => {
    const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    return pdq({ width: info.width, height: info.height, rgb: data });
  };

  it('keep a small picture as it is, where enlarging or 64 by 64 would move its hash', async () => {
    const stored = await encode(picture, { format: 'png' });
    expect(distance(pdq(await decoded(stored)), own)).toBe(0);
    expect(distance(await hashed(sharp(stored).resize(512, 512, { fit: 'fill' })), own)).toBeGreaterThan(2);
    expect(distance(await hashed(sharp(stored).resize(64, 64, { fit: 'fill' })), own)).toBeGreaterThan(6);
  });

  it('leave luma to the fingerprint, where the grey of libvips would be another', async () => {
    const red = new Uint8Array(3 * 8 * 8).map((_, at) => (at % 3 === 0 ? 255 : 0));
    const grey = await raw(red, 8, 8).toColourspace('b-w').raw().toBuffer();
    expect(Math.abs(grey[0]! - 0.299 * 255)).toBeGreaterThan(20);
    expect((await decoded(await raw(red, 8, 8).png().toBuffer())).rgb).toEqual(red);
  });
});
