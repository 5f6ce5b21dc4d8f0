import type { PictureType } from '../picture-type.js';

/** What the header of a picture says about its samples, read without decoding. */
export interface Header {
  readonly width: number;
  readonly height: number;
  /** Without alpha: 1 grey, 3 colour, 4 inks; a palette counts as 3. */
  readonly components: number;
  readonly alpha: 'none' | 'present';
  readonly coding: 'baseline jpeg' | 'other';
}

/**
 * The header of a JPEG or PNG, by far the most frequent types, at a fraction of the decoder's own cost; `undefined`
 * for other types and for anything unexpected: then the decoder is asked.
 */
export const quickHeader = (bytes: Uint8Array, type: PictureType): Header | undefined => {
  if (type === 'jpeg') return jpegHeader(bytes);
  return type === 'png' ? pngHeader(bytes) : undefined;
};

/** Start-of-frame markers (ITU-T T.81, table B.1): C0 to CF but for DHT, JPG and DAC. */
const isStartOfFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const jpegHeader = (bytes: Uint8Array): Header | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1]!;
    if (!isStartOfFrame(marker)) continue;
    const height = view.getUint16(at + 5);
    const width = view.getUint16(at + 7);
    if (width === 0 || height === 0) return undefined;
    return {
      width,
      height,
      components: bytes[at + 9]!,
      alpha: 'none',
      coding: marker <= 0xc1 ? 'baseline jpeg' : 'other',
    };
  }
  return undefined;
};

/** IHDR, then the ancillary chunks before the pixels: tRNS makes any colour type transparent (PNG 3rd ed. §11.2, §11.3). */
const pngHeader = (bytes: Uint8Array): Header | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(12) !== IHDR) return undefined;
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const colourType = bytes[25]!;
  if (width === 0 || height === 0) return undefined;
  const transparent = (colourType & 4) !== 0 || hasTransparency(view);
  const components = (colourType & 2) === 0 ? 1 : 3;
  return { width, height, components, alpha: transparent ? 'present' : 'none', coding: 'other' };
};

/** Chunk names as big-endian numbers. */
const IHDR = 0x49484452;
const tRNS = 0x74524e53;
const IDAT = 0x49444154;

const hasTransparency = (view: DataView): boolean => {
  for (let at = 33; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const name = view.getUint32(at + 4);
    if (name === tRNS) return true;
    if (name === IDAT) return false;
  }
  return false;
};
