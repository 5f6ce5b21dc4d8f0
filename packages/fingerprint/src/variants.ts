import { type Pdq, pdq } from './pdq.js';
import { checkPixels, type Pixels } from './pixels.js';

/** How a copy was turned: clockwise rotations, left-right, upside-down, and the two diagonals. */
export const variants = [
  'original',
  'rotate90',
  'rotate180',
  'rotate270',
  'mirror',
  'flip',
  'transpose',
  'transverse',
] as const;
export type Variant = (typeof variants)[number];

/** Where the turned picture's pixel (x, y) comes from: x or y of the original, counted from which end. */
interface Turn {
  readonly swapped: boolean;
  readonly fromRight: boolean;
  readonly fromBottom: boolean;
}

const turns: Readonly<Record<Variant, Turn>> = {
  original: { swapped: false, fromRight: false, fromBottom: false },
  rotate90: { swapped: true, fromRight: false, fromBottom: true },
  rotate180: { swapped: false, fromRight: true, fromBottom: true },
  rotate270: { swapped: true, fromRight: true, fromBottom: false },
  mirror: { swapped: false, fromRight: true, fromBottom: false },
  flip: { swapped: false, fromRight: false, fromBottom: true },
  transpose: { swapped: true, fromRight: false, fromBottom: false },
  transverse: { swapped: true, fromRight: true, fromBottom: true },
};

/** The same picture turned, pixel by pixel. */
export const turned = (pixels: Pixels, variant: Variant): Pixels => {
  checkPixels(pixels);
  if (variant === 'original') return pixels;
  const { swapped, fromRight, fromBottom } = turns[variant];
  const { width, height, rgb } = pixels;
  const start = 3 * ((fromBottom ? (height - 1) * width : 0) + (fromRight ? width - 1 : 0));
  const alongRow = 3 * (fromRight ? -1 : 1);
  const alongColumn = 3 * width * (fromBottom ? -1 : 1);
  const [columns, rows] = swapped ? [height, width] : [width, height];
  const [stepX, stepY] = swapped ? [alongColumn, alongRow] : [alongRow, alongColumn];

  const to = new Uint8Array(rgb.length);
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0, from = start + y * stepY; x < columns; x++, at += 3, from += stepX) {
      to[at] = rgb[from]!;
      to[at + 1] = rgb[from + 1]!;
      to[at + 2] = rgb[from + 2]!;
    }
  }
  return { ...pixels, width: columns, height: rows, rgb: to };
};

/**
 * The hashes under which a turned copy of this picture would be listed, `original` first: compare each with the list to
 * find mirrored and rotated copies. The pixels are turned, not the hash: PDQ's own dihedral formulas assume a symmetric
 * sampling grid that PDQ does not have, and lose up to 43 % of copies (`variants.test.ts` shows the difference).
 */
export const pdqVariants = (pixels: Pixels): readonly { readonly variant: Variant; readonly pdq: Pdq }[] =>
  variants.map((variant) => ({ variant, pdq: pdq(turned(pixels, variant)) }));
