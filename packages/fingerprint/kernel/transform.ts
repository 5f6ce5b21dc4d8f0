/** 64x64 filtered values to the 16x16 low frequencies, the quality and the 256 bits, as `pdqhashing.cpp` does it. */

const SIDE: i32 = 64;
const LOW: i32 = 16;
const ROW: usize = 256; // bytes of 64 floats
const LOW_ROW: usize = 64; // bytes of 16 floats

const cosines: usize = memory.data(16 * 64 * 4, 16);
const cosinesByColumn: usize = memory.data(64 * 16 * 4, 16);
const half: usize = memory.data(16 * 64 * 4, 16);
const coefficients: usize = memory.data(16 * 16 * 4, 16);
const order: usize = memory.data(16 * 16 * 4, 16);

/** The cosine matrix, 16 rows of 64 float32; the constant factor is rounded to float32 first, as the reference does. */
export function prepareCosines(): usize {
  const scale = <f32>NativeMath.sqrt(2.0 / 64.0);
  const unit = 3.14159265358979323846 / 2.0 / 64.0;
  for (let i = 0; i < LOW; i++) {
    for (let j = 0; j < SIDE; j++) {
      const value = <f32>(<f64>scale * NativeMath.cos(unit * <f64>(i + 1) * <f64>(2 * j + 1)));
      store<f32>(cosines + 4 * (i * SIDE + j), value);
      store<f32>(cosinesByColumn + 4 * (j * LOW + i), value);
    }
  }
  return cosines;
}

// @ts-ignore: decorator
@inline
function gradient(from: v128, to: v128): v128 {
  const step = f32x4.div(f32x4.mul(f32x4.sub(from, to), f32x4.splat(100)), f32x4.splat(255));
  return i32x4.abs(i32x4.trunc_sat_f32x4_s(step));
}

/** 0 to 100: whole steps of 1/100 between neighbouring values, summed and divided by 90. */
export function qualityOf(image: usize): i32 {
  let sum = i32x4.splat(0);
  for (let at: usize = 0; at < 63 * ROW; at += 16) {
    sum = i32x4.add(sum, gradient(v128.load(image + at), v128.load(image + at + ROW)));
  }
  for (let row: usize = 0; row < 64; row++) {
    const start = image + row * ROW;
    for (let at: usize = 0; at < ROW - 16; at += 16) {
      sum = i32x4.add(sum, gradient(v128.load(start + at), v128.load(start + at + 4)));
    }
    // The last three steps of a row: lane 3 compares the last value with itself.
    const last = v128.load(start + ROW - 16);
    sum = i32x4.add(sum, gradient(last, v128.shuffle<f32>(last, last, 1, 2, 3, 3)));
  }
  const total =
    i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3);
  return min(total / 90, 100);
}

/** D A Dt: every sum runs over k in rising order, one accumulator a value. */
function transform(image: usize): void {
  for (let i: usize = 0; i < 16; i++) {
    const weights = cosines + i * ROW;
    for (let j: usize = 0; j < ROW; j += 64) {
      let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
      let from = image + j;
      for (let k: usize = 0; k < ROW; k += 4, from += ROW) {
        const weight = v128.load32_splat(weights + k);
        a = f32x4.add(a, f32x4.mul(weight, v128.load(from)));
        b = f32x4.add(b, f32x4.mul(weight, v128.load(from, 16)));
        c = f32x4.add(c, f32x4.mul(weight, v128.load(from, 32)));
        d = f32x4.add(d, f32x4.mul(weight, v128.load(from, 48)));
      }
      const to = half + i * ROW + j;
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
    }
  }
  for (let i: usize = 0; i < 16; i++) {
    let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
    let weights = cosinesByColumn;
    for (let k: usize = 0; k < ROW; k += 4, weights += LOW_ROW) {
      const value = v128.load32_splat(half + i * ROW + k);
      a = f32x4.add(a, f32x4.mul(value, v128.load(weights)));
      b = f32x4.add(b, f32x4.mul(value, v128.load(weights, 16)));
      c = f32x4.add(c, f32x4.mul(value, v128.load(weights, 32)));
      d = f32x4.add(d, f32x4.mul(value, v128.load(weights, 48)));
    }
    const to = coefficients + i * LOW_ROW;
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
}

/** The lower median of the 256 coefficients (Hoare's selection of rank 127, counted from 0). */
function median(): f32 {
  memory.copy(order, coefficients, 1024);
  let low = 0;
  let high = 255;
  while (low < high) {
    const pivot = load<f32>(order + 4 * ((low + high) >> 1));
    let i = low;
    let j = high;
    while (i <= j) {
      while (load<f32>(order + 4 * i) < pivot) i++;
      while (load<f32>(order + 4 * j) > pivot) j--;
      if (i > j) break;
      const left = load<f32>(order + 4 * i);
      store<f32>(order + 4 * i, load<f32>(order + 4 * j));
      store<f32>(order + 4 * j, left);
      i++;
      j--;
    }
    if (127 <= j) high = j;
    else if (127 >= i) low = i;
    else break;
  }
  return load<f32>(order + 4 * 127);
}

/** Writes the 32 bytes so that they read like the reference's hexadecimal: bit 255 first, bit 16 i + j for row i. */
export function hashOf(image: usize, result: usize): void {
  transform(image);
  const threshold = f32x4.splat(median());
  for (let at: usize = 0; at < 32; at++) {
    const from = coefficients + 32 * at;
    const low = i32x4.bitmask(f32x4.gt(v128.load(from), threshold));
    const high = i32x4.bitmask(f32x4.gt(v128.load(from, 16), threshold));
    store<u8>(result + 31 - at, <u8>(low | (high << 4)));
  }
}
