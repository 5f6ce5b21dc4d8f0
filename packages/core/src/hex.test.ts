import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, toHex } from './hex.js';

test('hexadecimal text reads back to the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }),
  );
});

test.each(['0', 'zz', '0x00', ' 00'])('%j is not hexadecimal', (text) => {
  expect(fromHex(text)).toBeUndefined();
});
