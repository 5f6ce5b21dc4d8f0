import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitCsvLine } from './csv-line.js';

test('cells written with quotes read back the same', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'a", ;é'.split('')) });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1 }), (cells) => {
      const line = cells
        .map(([text, quoted]) => (quoted || /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
        .join(',');
      expect(splitCsvLine(line)).toEqual(cells.map(([text]) => text));
    }),
  );
});

test.each(['"a', 'a"b', '"a"b,c', '"a""', 'a,"b'])(
  '%j has a quote that is not closed or stands where none may',
  (line) => {
    expect(splitCsvLine(line)).toBeUndefined();
  },
);
