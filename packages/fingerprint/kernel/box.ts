import { LANE_BYTES } from './lanes';

/**
 * The reference's box filter (`box1DFloat`): a running float32 sum that adds the value entering the window, then takes
 * away the one leaving it, divided by the number of values inside. Its rounding errors are part of the hash, so the
 * operations keep their order; where the window reaches over an edge, adding or taking away 0 changes nothing.
 */

/** Values of a full window; half of it is added before the first output (7 -> 4, 8 -> 5). */
// @ts-ignore: decorator
@inline
export function lead(window: i32): i32 {
  return (window + 2) / 2;
}

/** Window for shrinking `size` values to 64 in two passes. */
// @ts-ignore: decorator
@inline
export function windowOf(size: i32): i32 {
  return (size + 127) / 128;
}

// Dividing by a power of two and multiplying by its reciprocal round alike, and multiplying is faster.
// @ts-ignore: decorator
@inline
function isPowerOfTwo(value: i32): bool {
  return (value & (value - 1)) == 0;
}

/** Filters lanes along the rows they hold: `count` lane columns from `src` to `dst`. */
export function boxLanes(src: usize, dst: usize, count: i32, window: i32): void {
  const half = lead(window);
  let right = src;
  let left = src;
  let to = dst;
  let size = 0;
  let low = f32x4.splat(0);
  let high = f32x4.splat(0);

  for (; size < half - 1; size++, right += LANE_BYTES) {
    low = f32x4.add(low, v128.load(right));
    high = f32x4.add(high, v128.load(right, 16));
  }
  for (; size < window; right += LANE_BYTES, to += LANE_BYTES) {
    const divisor = f32x4.splat(<f32>++size);
    low = f32x4.add(low, v128.load(right));
    high = f32x4.add(high, v128.load(right, 16));
    v128.store(to, f32x4.div(low, divisor));
    v128.store(to, f32x4.div(high, divisor), 16);
  }
  const end = src + LANE_BYTES * count;
  if (isPowerOfTwo(window)) {
    const factor = f32x4.splat(1 / <f32>window);
    for (; right < end; right += LANE_BYTES, left += LANE_BYTES, to += LANE_BYTES) {
      low = f32x4.sub(f32x4.add(low, v128.load(right)), v128.load(left));
      high = f32x4.sub(f32x4.add(high, v128.load(right, 16)), v128.load(left, 16));
      v128.store(to, f32x4.mul(low, factor));
      v128.store(to, f32x4.mul(high, factor), 16);
    }
  } else {
    const divisor = f32x4.splat(<f32>window);
    for (; right < end; right += LANE_BYTES, left += LANE_BYTES, to += LANE_BYTES) {
      low = f32x4.sub(f32x4.add(low, v128.load(right)), v128.load(left));
      high = f32x4.sub(f32x4.add(high, v128.load(right, 16)), v128.load(left, 16));
      v128.store(to, f32x4.div(low, divisor));
      v128.store(to, f32x4.div(high, divisor), 16);
    }
  }
  for (let rest = half - 1; rest > 0; rest--, left += LANE_BYTES, to += LANE_BYTES) {
    const divisor = f32x4.splat(<f32>--size);
    low = f32x4.sub(low, v128.load(left));
    high = f32x4.sub(high, v128.load(left, 16));
    v128.store(to, f32x4.div(low, divisor));
    v128.store(to, f32x4.div(high, divisor), 16);
  }
}

/** A box filter down the columns of rows that arrive one after another and are kept in a ring. */
@unmanaged
export class Columns {
  ring: usize;
  ringRows: i32;
  /** Bytes of a row, a multiple of 16. */
  stride: usize;
  /** A row of running sums, and a row of zeros. */
  sums: usize;
  zeros: usize;
  height: i32;
  window: i32;

  // @ts-ignore: decorator
  @inline
  row(index: i32): usize {
    return this.ring + this.stride * (index % this.ringRows);
  }

  /** Rows that have to be in the ring before output row `index` can be made. */
  // @ts-ignore: decorator
  @inline
  needs(index: i32): i32 {
    return min(index + lead(this.window), this.height);
  }

  start(): void {
    memory.fill(this.sums, 0, this.stride);
    memory.fill(this.zeros, 0, this.stride);
  }

  /** Makes output row `index`; rows are asked for in order, none left out. */
  next(index: i32, to: usize): void {
    const half = lead(this.window);
    if (index == 0) {
      for (let row = 0; row < half - 1; row++) this.add(this.row(row));
    }
    const entering = index + half - 1;
    const leaving = entering - this.window;
    const size = min(entering, this.height - 1) - max(leaving, -1);
    this.slide(
      entering < this.height ? this.row(entering) : this.zeros,
      leaving >= 0 ? this.row(leaving) : this.zeros,
      size,
      to
    );
  }

  private add(row: usize): void {
    for (let at: usize = 0; at < this.stride; at += 16) {
      v128.store(this.sums + at, f32x4.add(v128.load(this.sums + at), v128.load(row + at)));
    }
  }

  private slide(entering: usize, leaving: usize, size: i32, to: usize): void {
    const sums = this.sums;
    const end = this.stride;
    if (isPowerOfTwo(size)) {
      const factor = f32x4.splat(1 / <f32>size);
      for (let at: usize = 0; at < end; at += 16) {
        const sum = f32x4.sub(f32x4.add(v128.load(sums + at), v128.load(entering + at)), v128.load(leaving + at));
        v128.store(sums + at, sum);
        v128.store(to + at, f32x4.mul(sum, factor));
      }
    } else {
      const divisor = f32x4.splat(<f32>size);
      for (let at: usize = 0; at < end; at += 16) {
        const sum = f32x4.sub(f32x4.add(v128.load(sums + at), v128.load(entering + at)), v128.load(leaving + at));
        v128.store(sums + at, sum);
        v128.store(to + at, f32x4.div(sum, divisor));
      }
    }
  }
}
