import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressNumber, prefixRange } from './address.js';
import { parseRangeData } from './range-data.js';

const read = (text: string) => {
  const parsed = parseRangeData(text, 'file', 'ab');
  if (parsed.kind !== 'done') throw new Error(parsed.reason.message);
  return parsed.value;
};

describe('range data in CIDR notation', () => {
  const data = read('# name: test\n# date: 2026-01-01\n192.0.2.0/24,PY\n192.0.2.128/25,AR\r\n\n2001:db8::/32, PY\n');

  test.each([
    ['192.0.2.1', 'PY'],
    ['192.0.2.127', 'PY'],
    ['192.0.2.128', 'AR'],
    ['192.0.2.255', 'AR'],
    ['192.0.3.0', undefined],
    ['::ffff:192.0.2.200', 'AR'],
    ['2001:db8:ffff::1', 'PY'],
    ['2001:db9::', undefined],
    ['no address', undefined],
  ])('%s is in %s', (address, country) => {
    expect(data.countryOf(address)).toBe(country);
  });

  test('says what it is', () => {
    expect(data.source).toEqual({ name: 'test', date: '2026-01-01', sha256: 'ab' });
  });
});

test('a registry’s delegated statistics are read with their own date', () => {
  const data = read(
    [
      '2|lacnic|20260215|3|20260214|20260214|-0300',
      'lacnic|*|ipv4|*|1|summary',
      'lacnic|PY|ipv4|203.0.113.0|128|20100101|allocated',
      'lacnic|PY|ipv6|2001:db8::|32|20100101|allocated',
      'lacnic|PY|asn|64496|1|20100101|allocated',
      'lacnic||ipv4|198.51.100.0|256||available',
    ].join('\n'),
  );
  expect(data.source.date).toBe('2026-02-15');
  expect(data.countryOf('203.0.113.127')).toBe('PY');
  expect(data.countryOf('203.0.113.128')).toBeUndefined();
  expect(data.countryOf('198.51.100.1')).toBeUndefined();
  expect(data.countryOf('2001:db8::1')).toBe('PY');
});

test.each([
  ['without a date', '192.0.2.0/24,PY', 'undated'],
  ['with a line of neither form', '# date: 2026-01-01\n192.0.2.0-192.0.2.9,PY', 'unreadable'],
  ['with an impossible prefix', '# date: 2026-01-01\n192.0.2.0/33,PY', 'unreadable'],
])('a file %s is refused', (_, text, code) => {
  expect(parseRangeData(text, 'file', 'ab')).toMatchObject({ kind: 'refused', reason: { code } });
});

test('of all ranges that hold an address the narrowest decides', () => {
  const prefix = fc.record({ address: fc.ipV4(), length: fc.integer({ min: 1, max: 32 }), at: fc.nat(25) });
  fc.assert(
    fc.property(
      fc.uniqueArray(prefix, {
        minLength: 1,
        maxLength: 12,
        selector: ({ address, length }) =>
          JSON.stringify([prefixRange(`${address}/${length}`)?.first.toString(), length]),
      }),
      fc.ipV4(),
      (prefixes, other) => {
        const country = (at: number): string => `X${String.fromCharCode(65 + at)}`;
        const lines = prefixes.map(({ address, length, at }) => `${address}/${length},${country(at)}`);
        const data = read(`# date: 2026-01-01\n${lines.join('\n')}`);
        for (const asked of [other, ...prefixes.map(({ address }) => address)]) {
          const number = addressNumber(asked) ?? 0n;
          const holding = prefixes
            .filter(({ address, length }) => {
              const range = prefixRange(`${address}/${length}`);
              return range !== undefined && range.first <= number && number <= range.last;
            })
            .toSorted((a, b) => b.length - a.length);
          expect(data.countryOf(asked)).toBe(holding[0] && country(holding[0].at));
        }
      },
    ),
  );
});

test('the holder is that of the extended statistics, and none where the file has none', () => {
  const day = '20150131';
  const extended = read(`2|x|${day}|1|${day}|${day}|+0000\nx|DE|ipv4|192.0.2.0|256|${day}|allocated|holder-7\n`);
  expect(extended.holderOf('192.0.2.9')).toBe('holder-7');
  expect(extended.countryOf('192.0.2.9')).toBe('DE');
  expect(extended.holderOf('192.0.3.9')).toBeUndefined();
  expect(read('# date: 2026-01-01\n192.0.2.0/24,PY\n').holderOf('192.0.2.9')).toBeUndefined();
});
