import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddress, parseAddressRange } from './address.js';

test.each([
  ['192.0.2.7', 4, 0xc0000207n],
  ['::ffff:192.0.2.7', 4, 0xc0000207n],
  ['::ffff:c000:207', 4, 0xc0000207n],
  ['2001:db8::1', 6, 0x20010db8000000000000000000000001n],
  ['2001:DB8:0:0:0:0:0:1', 6, 0x20010db8000000000000000000000001n],
  ['::', 6, 0n],
  ['64:ff9b::192.0.2.7', 6, 0x64ff9b0000000000000000c0000207n],
] as const)('%s is read', (text, family, value) => {
  expect(parseAddress(text)).toEqual({ family, value });
});

test('whatever Node takes for an address is read, and nothing else is', () => {
  const group = fc.constantFrom('0', '1', 'db8', 'ffff', '0001', '12345', 'g', '');
  const part = fc.constantFrom('0', '7', '01', '255', '256', '010', '');
  const made = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.array(part, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.')),
    fc.array(group, { minLength: 1, maxLength: 9 }).map((groups) => groups.join(':')),
    fc
      .tuple(fc.array(group, { maxLength: 6 }), part, part)
      .map(([groups, a, b]) => `${groups.join(':')}::${a}.0.2.${b}`),
  );
  fc.assert(
    fc.property(made, (text) => {
      expect([text, parseAddress(text) !== undefined]).toEqual([text, isIP(text) !== 0]);
    }),
    { numRuns: 3000 },
  );
});

test('a prefix is its first and last address', () => {
  expect(parseAddressRange('192.0.2.0/24')).toEqual({ family: 4, first: 0xc0000200n, last: 0xc00002ffn });
  expect(parseAddressRange('0.0.0.0/0')).toEqual({ family: 4, first: 0n, last: 0xffffffffn });
  expect(parseAddressRange('2001:db8::/127')?.last).toBe(0x20010db8000000000000000000000001n);
});

test.each([
  '192.0.2.1/24',
  '192.0.2.0/33',
  '192.0.2.0/',
  '192.0.2.0/024',
  '192.0.2.0/24/24',
  '2001:db8::/129',
  '/8',
  '',
])('%j is no prefix', (text) => {
  expect(parseAddressRange(text)).toBeUndefined();
});

test('the prefix of a mapped address counts the bits that stand before it', () => {
  expect(parseAddressRange('::ffff:192.0.2.0/120')).toEqual(parseAddressRange('192.0.2.0/24'));
  expect(parseAddressRange('::ffff:192.0.2.0/24')).toBeUndefined();
  expect(parseAddressRange('::ffff:0:0/95')).toBeUndefined();
});
