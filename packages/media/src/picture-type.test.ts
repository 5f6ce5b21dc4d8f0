import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headLength, type PictureType, pictureTypeOf } from './picture-type.js';

const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('the type of a picture', () => {
  it.each<[PictureType, string]>([
    ['jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['webp', 'RIFF\x24\0\0\0WEBPVP8 '],
    ['gif', 'GIF89a\x01\0\x01\0'],
    ['tiff', 'II*\0\x08\0\0\0'],
    ['tiff', 'MM\0*\0\0\0\x08'],
    ['avif', '\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf'],
    ['avif', '\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf'],
    ['heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['svg', '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg">'],
    ['svg', '\xef\xbb\xbf  <svg>'],
    ['bmp', 'BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0'],
    ['ico', '\0\0\x01\0\x01\0'],
    ['psd', '8BPS\0\x01'],
    ['jxl', '\xff\x0a\xfa'],
    ['jp2', '\0\0\0\x0cjP  \r\n\x87\n'],
  ])('is %s by its first bytes', (type, head) => {
    expect(pictureTypeOf(latin(head))).toBe(type);
  });

  it.each([
    ['text', 'Dear all, BMW sells cars.'],
    ['a page that holds a drawing', '<!DOCTYPE html><html><body><svg></svg>'],
    ['a film', '\0\0\0\x18ftypmp42\0\0\0\0isommp42'],
    ['sound in a RIFF file', 'RIFF\x24\0\0\0WAVEfmt '],
    ['a cut signature', '\x89PNG\r\n'],
    ['nothing', ''],
  ])('is none for %s', (_, head) => {
    expect(pictureTypeOf(latin(head))).toBeUndefined();
  });

  it('is found in any bytes without failing, and bytes beyond the head change nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.uint8Array({ maxLength: 80 }), (start, rest) => {
        const head = new Uint8Array(headLength);
        head.set(start);
        const longer = new Uint8Array(headLength + rest.length);
        longer.set(head);
        longer.set(rest, headLength);
        expect(pictureTypeOf(longer)).toBe(pictureTypeOf(head));
        pictureTypeOf(start);
      }),
    );
  });

  it('is found in time linear in the head, whatever text it holds', () => {
    const head = latin(' '.repeat(headLength));
    for (let count = 0; count < 1000; count++) expect(pictureTypeOf(head)).toBeUndefined();
    for (const text of ['<!--'.repeat(256), '<?xml>'.repeat(170), '<!---->'.repeat(146)]) {
      expect(pictureTypeOf(latin(text))).toBeUndefined();
    }
  });
});
