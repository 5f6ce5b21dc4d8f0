/**
 * Eight picture rows side by side: a "lane column" is 32 bytes, one float32 of each of eight rows, so that the running
 * sums along rows, sequential by definition, advance for eight rows at once.
 */
export const LANE_ROWS: i32 = 8;
export const LANE_BYTES: usize = 32;

const RED = i8x16(0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1);
const GREEN = i8x16(1, -1, -1, -1, 4, -1, -1, -1, 7, -1, -1, -1, 10, -1, -1, -1);
const BLUE = i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1);

// @ts-ignore: decorator
@inline
function channel(pixels: v128, mask: v128): v128 {
  return f32x4.convert_i32x4_s(i8x16.swizzle(pixels, mask));
}

/** Luma of four pixels, in the order of operations of the reference: (0.299 r + 0.587 g) + 0.114 b in float32. */
// @ts-ignore: decorator
@inline
function luma4(rgb: usize, grey: bool): v128 {
  const pixels = v128.load(rgb);
  const red = channel(pixels, RED);
  if (grey) return red;
  return f32x4.add(
    f32x4.add(
      f32x4.mul(f32x4.splat(0.299), red),
      f32x4.mul(f32x4.splat(0.587), channel(pixels, GREEN))
    ),
    f32x4.mul(f32x4.splat(0.114), channel(pixels, BLUE))
  );
}

/** Writes four rows of four values as four columns of four values, `stride` bytes apart. */
// @ts-ignore: decorator
@inline
export function storeTransposed(a: v128, b: v128, c: v128, d: v128, to: usize, stride: usize): void {
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab0, cd0, 0, 2));
  v128.store(to + stride, v128.shuffle<f64>(ab0, cd0, 1, 3));
  v128.store(to + 2 * stride, v128.shuffle<f64>(ab1, cd1, 0, 2));
  v128.store(to + 3 * stride, v128.shuffle<f64>(ab1, cd1, 1, 3));
}

/** Luma of rows `first` … `first + 7` as lanes; rows beyond the picture repeat the last one and are never read back. */
export function lumaToLanes(rgb: usize, width: i32, height: i32, first: i32, grey: bool, lanes: usize): void {
  for (let half = 0; half < 2; half++) {
    const row = first + 4 * half;
    const last = height - 1;
    const stride = <usize>(3 * width);
    const a = rgb + stride * min(row, last);
    const b = rgb + stride * min(row + 1, last);
    const c = rgb + stride * min(row + 2, last);
    const d = rgb + stride * min(row + 3, last);
    let to = lanes + 16 * half;
    const end = <usize>(3 * width);
    if (grey) {
      for (let at: usize = 0; at < end; at += 12, to += 4 * LANE_BYTES) {
        storeTransposed(
          luma4(a + at, true), luma4(b + at, true), luma4(c + at, true), luma4(d + at, true), to, LANE_BYTES
        );
      }
    } else {
      for (let at: usize = 0; at < end; at += 12, to += 4 * LANE_BYTES) {
        storeTransposed(
          luma4(a + at, false), luma4(b + at, false), luma4(c + at, false), luma4(d + at, false), to, LANE_BYTES
        );
      }
    }
  }
}

/** Eight float rows, `stride` bytes apart, as lanes; `stride` is a multiple of 16. */
export function rowsToLanes(rows: usize, stride: usize, lanes: usize): void {
  for (let half: usize = 0; half < 2; half++) {
    const from = rows + 4 * half * stride;
    let to = lanes + 16 * half;
    for (let at: usize = 0; at < stride; at += 16, to += 4 * LANE_BYTES) {
      storeTransposed(
        v128.load(from + at),
        v128.load(from + stride + at),
        v128.load(from + 2 * stride + at),
        v128.load(from + 3 * stride + at),
        to,
        LANE_BYTES
      );
    }
  }
}

/** Lanes back to eight float rows, `stride` bytes apart. */
export function lanesToRows(lanes: usize, rows: usize, stride: usize): void {
  for (let half: usize = 0; half < 2; half++) {
    let from = lanes + 16 * half;
    const to = rows + 4 * half * stride;
    for (let at: usize = 0; at < stride; at += 16, from += 4 * LANE_BYTES) {
      storeTransposed(
        v128.load(from),
        v128.load(from + LANE_BYTES),
        v128.load(from + 2 * LANE_BYTES),
        v128.load(from + 3 * LANE_BYTES),
        to + at,
        stride
      );
    }
  }
}
