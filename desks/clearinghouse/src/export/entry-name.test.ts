import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryName } from './entry-name.js';

test.each([
  ['picture.jpg', 'files/0003-picture.jpg'],
  ['../../etc/passwd', 'files/0003-_.._etc_passwd'],
  ['C:\\Users\\a.png', 'files/0003-C_Users_a.png'],
  ['..', 'files/0003-file'],
  ['', 'files/0003-file'],
  ['Маша 山田.jpg', 'files/0003-Маша 山田.jpg'],
  ['a\u202Egpj.exe', 'files/0003-a_gpj.exe'],
  [`${'x'.repeat(300)}.jpeg`, `files/0003-${'x'.repeat(75)}.jpeg`],
])('%j is stored as %j', (name, stored) => {
  expect(entryName(3, name)).toBe(stored);
});

test('no name leaves its folder, and no two files have one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      const names = [entryName(1, one), entryName(2, other)];
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(2);
      for (const name of names) {
        expect(name).toMatch(/^files\/\d{4}-[^/\\\p{C}<>:"|?*]+$/u);
        expect(name).not.toMatch(/[. ]$/);
        expect(Buffer.byteLength(name)).toBeLessThan(400);
      }
    }),
  );
});
