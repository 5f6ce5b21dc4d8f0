import { AttributionError } from '../attribution-error.js';

/** Unsigned LEB128 up to 2^53 − 1. */
export const writeVarint = (into: number[], value: number): void => {
  let rest = value;
  while (rest >= 0x80) {
    into.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  into.push(rest);
};

/** Reads numbers one after another. @throws AttributionError `damaged-segment` past the end or beyond 2^53 − 1. */
export const varintReader = (bytes: Uint8Array) => {
  let at = 0;
  const byte = (): number => {
    const value = bytes[at];
    if (value === undefined) throw new AttributionError('damaged-segment', 'its directory ends early');
    at++;
    return value;
  };
  return {
    byte,
    varint: (): number => {
      let value = 0;
      for (let scale = 1; ; scale *= 0x80) {
        const next = byte();
        value += (next & 0x7f) * scale;
        if (!Number.isSafeInteger(value)) throw new AttributionError('damaged-segment', 'a number is too great');
        if (next < 0x80) return value;
      }
    },
    bytes: (length: number): Uint8Array => {
      if (at + length > bytes.length) throw new AttributionError('damaged-segment', 'its directory ends early');
      at += length;
      return bytes.subarray(at - length, at);
    },
    rest: (): number => bytes.length - at,
  };
};
