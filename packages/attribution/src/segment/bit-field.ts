/** Bits that hold a number from zero up; none for zero itself. */
export const bitsFor = (greatest: number): number => {
  let bits = 0;
  for (let limit = 1; greatest >= limit; limit *= 2) bits++;
  return bits;
};

/** What readers may touch behind the last byte of a record. */
export const readBeyond = 8;

/**
 * Reads an unsigned number of `width` bits (at most 48) that begins `offset` bits into a record, the least significant
 * first. It touches up to `readBeyond` bytes more than it needs.
 */
export const bitReader = (offset: number, width: number): ((view: DataView, at: number) => number) => {
  const byte = offset >>> 3;
  const shift = offset & 7;
  if (width === 0) return () => 0;
  if (width === 32 && shift === 0) return (view, at) => view.getUint32(at + byte, true);
  const mask = 2 ** Math.min(31, width) - 1;
  if (shift + width <= 32 && width < 32) return (view, at) => (view.getUint32(at + byte, true) >>> shift) & mask;
  const scale = 2 ** (32 - shift);
  const above = 2 ** (width + shift - 32) - 1;
  return (view, at) =>
    (view.getUint32(at + byte + 4, true) & above) * scale + (view.getUint32(at + byte, true) >>> shift);
};

/** Writes such a number into bytes that are zero. */
export const writeBits = (into: Uint8Array, offset: number, width: number, value: number): void => {
  let at = offset >>> 3;
  let shift = offset & 7;
  let rest = value;
  for (let left = width; left > 0; ) {
    const take = Math.min(8 - shift, left);
    into[at]! |= (rest % 2 ** take) << shift;
    rest = Math.floor(rest / 2 ** take);
    left -= take;
    shift = 0;
    at++;
  }
};
