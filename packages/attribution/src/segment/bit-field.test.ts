import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitReader, bitsFor, readBeyond, writeBits } from './bit-field.js';

test('fields of any widths beside each other come back as they were written', () => {
  const field = fc
    .integer({ min: 0, max: 48 })
    .chain((width) => fc.record({ width: fc.constant(width), value: fc.maxSafeNat().map((n) => n % 2 ** width) }));
  const property = fc.property(fc.array(field, { maxLength: 8 }), fc.nat({ max: 20 }), (fields, at) => {
    const bits = fields.reduce((sum, { width }) => sum + width, 0);
    const bytes = new Uint8Array(at + Math.ceil(bits / 8) + readBeyond).fill(0xff);
    bytes.fill(0, at, at + Math.ceil(bits / 8));
    let offset = 0;
    for (const { width, value } of fields) {
      writeBits(bytes, 8 * at + offset, width, value);
      offset += width;
    }
    const view = new DataView(bytes.buffer);
    offset = 0;
    for (const { width, value } of fields) {
      expect(bitReader(offset, width)(view, at)).toBe(value);
      offset += width;
    }
  });
  fc.assert(property, { numRuns: 1000 });
});

test('a number has as many bits as it needs', () => {
  expect([-1, 0, 1, 2, 3, 4, 255, 256, 2 ** 40].map(bitsFor)).toEqual([0, 0, 1, 2, 2, 3, 8, 9, 41]);
});
