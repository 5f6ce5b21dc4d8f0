import type { Random } from './random.js';

/**
 * Smooth noise of `cells` by `cells` random values spread over the picture, so that its content does not depend on the
 * picture's size. Returns one value in [-1, 1] a pixel, added to `field` times `amplitude`.
 */
export const addNoise = (
  field: Float32Array,
  width: number,
  height: number,
  { random, cells, amplitude }: { readonly random: Random; readonly cells: number; readonly amplitude: number },
): void => {
  const side = cells + 1;
  const lattice = Float32Array.from({ length: side * side }, () => 2 * random() - 1);
  const columns = Array.from({ length: width }, (_, x) => place(x, width, cells));
  const row = new Float32Array(side);
  for (let y = 0, at = 0; y < height; y++) {
    const { cell, ease } = place(y, height, cells);
    for (let x = 0; x < side; x++) {
      const above = lattice[cell * side + x]!;
      row[x] = amplitude * (above + (lattice[(cell + 1) * side + x]! - above) * ease);
    }
    for (let x = 0; x < width; x++, at++) {
      const column = columns[x]!;
      const left = row[column.cell]!;
      field[at] = field[at]! + left + (row[column.cell + 1]! - left) * column.ease;
    }
  }
};

/** The cell a pixel lies in, and how far along it, eased at both ends so that no edges show. */
const place = (pixel: number, size: number, cells: number): { readonly cell: number; readonly ease: number } => {
  const position = ((pixel + 0.5) * cells) / size;
  const cell = Math.min(Math.floor(position), cells - 1);
  const part = position - cell;
  return { cell, ease: part * part * (3 - 2 * part) };
};
