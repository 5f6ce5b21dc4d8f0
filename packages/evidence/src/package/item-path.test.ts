import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathFault } from '../format/index.js';
import { itemPath, safeName } from './item-path.js';

test.each([
  ['picture.jpg', 'picture.jpg'],
  ['../../etc/passwd', 'etc_passwd'],
  ['C:\\Users\\a.png', 'C_Users_a.png'],
  ['100%: CON.png', '100_ CON.png'],
  ['CON', 'file-CON'],
  ['nul.txt', 'file-nul.txt'],
  ['..', 'file'],
  ['', 'file'],
  ['Маша 山田.jpg', 'Маша 山田.jpg'],
  ['a\u202Egpj.exe', 'a_gpj.exe'],
  [`${'山'.repeat(300)}.jpeg`, 'file.jpeg'],
  [`${'x'.repeat(300)}.jpeg`, `${'x'.repeat(75)}.jpeg`],
])('%j is packed as %j', (name, packed) => {
  expect(safeName(name)).toBe(packed);
});

test('whatever an item is called, its path may stand in a package, and its derivative lies elsewhere', () => {
  const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 120 }), fc.string({ unit: 'grapheme', maxLength: 120 }));
  fc.assert(
    fc.property(name, fc.constantFrom('plain' as const, 'encrypted' as const), (each, form) => {
      const paths = (['original', 'derivative'] as const).map((as) => itemPath({ id: 'item-1', as, name: each }, form));
      for (const path of paths) expect({ path, fault: pathFault(path) }).toEqual({ path, fault: undefined });
      expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(2);
    }),
  );
});
