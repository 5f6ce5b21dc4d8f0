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

test.each([
  ['derivative-a.png', 'a.png'],
  ['a.png', 'a.png'],
])('an original %s and a derivative %s lie apart', (original, derivative) => {
  const one = itemPath({ id: 'item-1', as: 'original', name: original }, 'plain');
  expect(one).not.toBe(itemPath({ id: 'item-1', as: 'derivative', name: derivative }, 'plain'));
});

test('whatever an item is called, its path may stand in a package, and its derivative lies elsewhere', () => {
  const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 120 }), fc.string({ unit: 'grapheme', maxLength: 120 }));
  const like = fc
    .tuple(fc.constantFrom('', 'derivative-', 'Derivative-', 'original-'), name)
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(like, like, fc.constantFrom('plain' as const, 'encrypted' as const), (one, other, form) => {
      const paths = [
        itemPath({ id: 'item-1', as: 'original', name: one }, form),
        itemPath({ id: 'item-1', as: 'derivative', name: other }, form),
      ];
      for (const path of paths) expect({ path, fault: pathFault(path) }).toEqual({ path, fault: undefined });
      expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(2);
    }),
  );
});
