/**
 * Order of fixed-width rows by their bytes. Least significant byte first over the leading `radix` bytes, where rows
 * differ, skipping bytes in which all agree; what is equal so far is put in order by comparison.
 */
export const sortRows = (bytes: Uint8Array, count: number, width: number, radix: number): Uint32Array => {
  let order = Uint32Array.from({ length: count }, (_, row) => row);
  let spare = new Uint32Array(count);
  const counts = new Uint32Array(256);
  for (let column = radix - 1; column >= 0; column--) {
    counts.fill(0);
    for (let at = column, row = 0; row < count; row++, at += width) counts[bytes[at]!]!++;
    if (counts.some((rows) => rows === count)) continue;
    for (let value = 0, before = 0; value < 256; value++) {
      const rows = counts[value]!;
      counts[value] = before;
      before += rows;
    }
    for (let place = 0; place < count; place++) {
      const row = order[place]!;
      spare[counts[bytes[row * width + column]!]!++] = row;
    }
    [order, spare] = [spare, order];
  }
  orderTies(bytes, order, width, radix);
  return order;
};

const orderTies = (bytes: Uint8Array, order: Uint32Array, width: number, radix: number): void => {
  for (let start = 0, end = 1; start < order.length; start = end, end++) {
    const first = order[start]! * width;
    while (end < order.length && compareRows(bytes, first, bytes, order[end]! * width, radix) === 0) end++;
    if (end - start > 1) {
      order
        .subarray(start, end)
        .sort((one, other) => compareRows(bytes, one * width + radix, bytes, other * width + radix, width - radix));
    }
  }
};

export const compareRows = (
  one: Uint8Array,
  oneAt: number,
  other: Uint8Array,
  otherAt: number,
  length: number,
): number => {
  for (let at = 0; at < length; at++) {
    const difference = one[oneAt + at]! - other[otherAt + at]!;
    if (difference !== 0) return difference;
  }
  return 0;
};
