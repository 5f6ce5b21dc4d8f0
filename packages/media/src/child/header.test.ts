import { type Copy, encode, makePicture } from '@tutela/testkit';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { quickHeader } from './header.js';

const picture = makePicture(11, { width: 61, height: 37 });

describe('the quick header', () => {
  it.each<['jpeg' | 'png', Copy, string]>([
    ['jpeg', {}, 'baseline jpeg'],
    ['jpeg', { scans: 'progressive' }, 'other'],
    ['png', {}, 'other'],
  ])('agrees with the decoder on a %s %o', async (format, copy, coding) => {
    const bytes = await encode(picture, { format, ...copy });
    expect(quickHeader(bytes, format)).toMatchObject({ width: 61, height: 37, components: 3, alpha: 'none', coding });
  });

  it('tells one channel from several, and alpha in all its forms', async () => {
    const source = sharp(picture.rgb, { raw: { width: 61, height: 37, channels: 3 } });
    const grey = source.clone().toColourspace('b-w');
    expect(quickHeader(await grey.clone().jpeg().toBuffer(), 'jpeg')).toMatchObject({ components: 1 });
    expect(quickHeader(await grey.clone().png().toBuffer(), 'png')).toMatchObject({ components: 1, alpha: 'none' });
    const clear = source.clone().ensureAlpha(0.5);
    expect(quickHeader(await clear.clone().png().toBuffer(), 'png')).toMatchObject({ alpha: 'present' });
    const palette = await clear.clone().png({ palette: true }).toBuffer();
    expect(quickHeader(palette, 'png')).toMatchObject({ components: 3, alpha: 'present' });
  });

  it('finds nothing, or sizes above 0, in damaged bytes; and always ends', async () => {
    const formats = [
      ['jpeg', await encode(picture)],
      ['png', await encode(picture, { format: 'png' })],
    ] as const;
    const edit = fc.tuple(fc.nat(700), fc.nat(255));
    fc.assert(
      fc.property(fc.constantFrom(...formats), fc.array(edit), fc.nat(700), ([type, bytes], edits, end) => {
        const damaged = bytes.slice(0, end);
        for (const [at, value] of edits) if (at < damaged.length) damaged[at] = value;
        const header = quickHeader(damaged, type);
        expect(header === undefined || (header.width > 0 && header.height > 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
