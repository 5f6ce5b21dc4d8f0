/**
 * The nearest pixel on a `side` by `side` grid, aspect ignored: what CImg's `resize(512, 512)` does by default, which
 * is what Meta's reference hashes. Column x takes the pixel at floor(x * width / side); rows alike.
 */
export const nearest = (rgb: Uint8Array, width: number, height: number, side: number): Uint8Array => {
  const from = Int32Array.from({ length: side }, (_, x) => 3 * Math.floor((x * width) / side));
  const to = new Uint8Array(3 * side * side);
  for (let y = 0, at = 0; y < side; y++) {
    const row = 3 * width * Math.floor((y * height) / side);
    for (let x = 0; x < side; x++, at += 3) {
      const pixel = row + from[x]!;
      to[at] = rgb[pixel]!;
      to[at + 1] = rgb[pixel + 1]!;
      to[at + 2] = rgb[pixel + 2]!;
    }
  }
  return to;
};
