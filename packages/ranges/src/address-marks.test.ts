import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressNumber, prefixRange } from './address.js';
import { parseAddressMarks } from './address-marks.js';

const read = (lines: string) => {
  const parsed = parseAddressMarks(`# name: relays\n# date: 2026-01-01\n${lines}`, 'file', 'ab');
  if (parsed.kind !== 'done') throw new Error(parsed.reason.message);
  return parsed.value;
};

describe('marked addresses', () => {
  const { marksOf, source } = read('192.0.2.7,tor\n192.0.2.0/28,hosting\n2001:db8::/64,proxy\n');
  test.each([
    ['192.0.2.7', ['tor', 'hosting']],
    ['192.0.2.8', ['hosting']],
    ['192.0.2.16', []],
    ['::ffff:192.0.2.7', ['tor', 'hosting']],
    ['2001:db8::1', ['proxy']],
    ['no address', []],
  ])('%s is marked %j', (address, marks) => {
    expect(marksOf(address)).toEqual(marks);
  });

  test('say what they are', () => {
    expect(source).toEqual({ name: 'relays', date: '2026-01-01', sha256: 'ab' });
  });
});

test.each([
  ['without a date', '192.0.2.7,tor', 'undated'],
  ['with another mark', '# date: 2026-01-01\n192.0.2.7,suspect', 'unreadable'],
  ['with no address', '# date: 2026-01-01\nexample.org,tor', 'unreadable'],
])('a list %s is refused', (_, text, code) => {
  expect(parseAddressMarks(text, 'file', 'ab')).toMatchObject({ kind: 'refused', reason: { code } });
});

test('an address is marked exactly where a range of the mark holds it', () => {
  const prefix = fc.record({ address: fc.ipV4(), length: fc.integer({ min: 1, max: 32 }) });
  fc.assert(
    fc.property(fc.array(prefix, { minLength: 1, maxLength: 20 }), fc.ipV4(), (prefixes, other) => {
      const { marksOf } = read(prefixes.map(({ address, length }) => `${address}/${length},tor`).join('\n'));
      for (const asked of [other, ...prefixes.map(({ address }) => address)]) {
        const number = addressNumber(asked) ?? 0n;
        const held = prefixes.some(({ address, length }) => {
          const range = prefixRange(`${address}/${length}`);
          return range !== undefined && range.first <= number && number <= range.last;
        });
        expect(marksOf(asked)).toEqual(held ? ['tor'] : []);
      }
    }),
  );
});
