import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsInWords } from './request-rows.js';

const leaves = (value: unknown): readonly string[] =>
  value !== null && typeof value === 'object' ? Object.values(value).flatMap(leaves) : [String(value)];

test('every value of a request stands in its rows', () => {
  fc.assert(
    fc.property(fc.record({ content: fc.jsonValue(), action: fc.string(), reason: fc.string() }), (request) => {
      const document = JSON.stringify(request);
      const shown = rowsInWords(document).map(([, value]) => value);
      for (const value of leaves(JSON.parse(document))) expect(shown).toContain(value);
    }),
  );
});

test('names are written as people write them, with where they stand', () => {
  expect(rowsInWords('{"content":{"order":{"documentSha256":"ab"}},"reason":"r"}')).toEqual([
    ['order · document sha256', 'ab'],
    ['reason', 'r'],
  ]);
});
