import { kernel } from './kernel.js';
import { hashReserved, type Pdq, tooLarge } from './pdq.js';
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

/** The turned picture's size, and where its first pixel, next column and next row are in the original, in bytes. */
interface Walk {
  readonly columns: number;
  readonly rows: number;
  readonly start: number;
  readonly stepX: number;
  readonly stepY: number;
}

const walkOf = ({ width, height }: Pixels, variant: Variant): Walk => {
  const { swapped, fromRight, fromBottom } = turns[variant];
  const start = 3 * ((fromBottom ? (height - 1) * width : 0) + (fromRight ? width - 1 : 0));
  const alongRow = fromRight ? -3 : 3;
  const alongColumn = fromBottom ? -3 * width : 3 * width;
  return swapped
    ? { columns: height, rows: width, start, stepX: alongColumn, stepY: alongRow }
    : { columns: width, rows: height, start, stepX: alongRow, stepY: alongColumn };
};

/** The same picture turned, pixel by pixel. */
export const turned = (pixels: Pixels, variant: Variant): Pixels => {
  checkPixels(pixels);
  const { columns, rows, start, stepX, stepY } = walkOf(pixels, variant);
  const rgb = new Uint8Array(pixels.rgb.length);
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0, from = start + y * stepY; x < columns; x++, at += 3, from += stepX) {
      rgb[at] = pixels.rgb[from]!;
      rgb[at + 1] = pixels.rgb[from + 1]!;
      rgb[at + 2] = pixels.rgb[from + 2]!;
    }
  }
  return { ...pixels, width: columns, height: rows, rgb };
};

/**
 * The hashes under which a turned copy of this picture would be listed, `original` first: compare each with the list to
 * find mirrored and rotated copies. The pixels are turned, not the hash: PDQ's own dihedral formulas assume a symmetric
 * sampling grid that PDQ does not have, and lose up to 43 % of copies (fingerprints.md §0.6).
 *
 * @throws FingerprintError as `pdq` does.
 */
export const pdqVariants = (pixels: Pixels): readonly { readonly variant: Variant; readonly pdq: Pdq }[] => {
  checkPixels(pixels);
  const { memory, reserveSource, reserve, turn } = kernel();
  const source = reserveSource(pixels.rgb.length);
  if (source === 0) throw tooLarge(pixels);
  new Uint8Array(memory.buffer, source, pixels.rgb.length).set(pixels.rgb);
  try {
    return variants.map((variant) => {
      const { columns, rows, start, stepX, stepY } = walkOf(pixels, variant);
      if (reserve(columns, rows) === 0) throw tooLarge(pixels);
      turn(start, stepX, stepY);
      return { variant, pdq: hashReserved(pixels) };
    });
  } finally {
    reserveSource(0);
  }
};
