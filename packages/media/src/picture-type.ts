/**
 * What the first bytes say a file is. Names and extensions are not asked. The list is closed: what is not on it is no
 * picture to us, and being on it does not mean that it is decoded (`laneOf`).
 */
export const pictureTypes = [
  'jpeg',
  'png',
  'webp',
  'avif',
  'gif',
  'tiff',
  'svg',
  'heic',
  'bmp',
  'ico',
  'psd',
  'jxl',
  'jp2',
] as const;
export type PictureType = (typeof pictureTypes)[number];

/**
 * `main`: decoded. `strict`: decoded in a process of its own with lower limits, since these loaders have a history
 * (libvips advisories of 2026). `refused`: recognised, named and not decoded: SVG is a program rather than a picture,
 * for the others the build of sharp carries no decoder.
 */
export type Lane = 'main' | 'strict' | 'refused';

const lanes: Readonly<Record<PictureType, Lane>> = {
  jpeg: 'main',
  png: 'main',
  webp: 'main',
  avif: 'main',
  gif: 'strict',
  tiff: 'strict',
  svg: 'refused',
  heic: 'refused',
  bmp: 'refused',
  ico: 'refused',
  psd: 'refused',
  jxl: 'refused',
  jp2: 'refused',
};
export const laneOf = (type: PictureType): Lane => lanes[type];

/** As many first bytes as `pictureTypeOf` looks at. */
export const headLength = 1024;

const latin = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

const signatures: readonly (readonly [PictureType, string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['tiff', 'II+\0'],
  ['tiff', 'MM\0+'],
  ['psd', '8BPS\0'],
  ['jxl', '\xff\x0a'],
  ['jxl', '\0\0\0\x0cJXL \r\n'],
  ['jp2', '\0\0\0\x0cjP  \r\n'],
  ['ico', '\0\0\x01\0'],
];

/** ISO base media files name their kind in the `ftyp` box (ISO/IEC 14496-12 §4.3, 23008-12 §10). */
const typeOfBrands = (head: Uint8Array): PictureType | undefined => {
  const boxLength = new DataView(head.buffer, head.byteOffset).getUint32(0);
  const brands = latin(head, 8, Math.min(boxLength, head.length, 128));
  if (/avi[fs]/.test(brands)) return 'avif';
  return /hei[cxms]|hev[cxms]|mif1|msf1/.test(brands) ? 'heic' : undefined;
};

const bitmapHeaderLengths = new Set([12, 40, 52, 56, 64, 108, 124]);
const isBitmap = (head: Uint8Array): boolean =>
  head.length > 17 && latin(head, 0, 2) === 'BM' && bitmapHeaderLengths.has(head[14]!) && head[15] === 0;

/** What may stand before the root of an XML document, and how each ends. */
const prologues: readonly (readonly [start: string, end: string])[] = [
  ['<?xml', '?>'],
  ['<!--', '-->'],
  ['<!doctype', '>'],
];

/** By hand, since a pattern over hostile text invites one that takes for ever. */
const isSvg = (head: Uint8Array): boolean => {
  const text = latin(head, 0, headLength).toLowerCase();
  let at = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    const prologue = prologues.find(([start]) => text.startsWith(start, at));
    if (prologue === undefined) return /^<(?:\w{1,16}:)?svg[\s>]/.test(text.slice(at, at + 32));
    const end = text.indexOf(prologue[1], at);
    if (end < 0) return false;
    at = end + prologue[1].length;
  }
};

/** The type that the first bytes name (up to `headLength` are looked at); `undefined` when it is no known picture. */
export const pictureTypeOf = (head: Uint8Array): PictureType | undefined => {
  const start = latin(head, 0, 16);
  const signed = signatures.find(([, signature]) => start.startsWith(signature));
  if (signed !== undefined) return signed[0];
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'webp';
  if (start.slice(4, 8) === 'ftyp') return typeOfBrands(head);
  if (isBitmap(head)) return 'bmp';
  return /^[\s<\xef]/.test(start) && isSvg(head) ? 'svg' : undefined;
};
