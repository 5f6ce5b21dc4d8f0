import fc from 'fast-check';
import { expect, test } from 'vitest';
import { harvestWords } from './harvest.js';

test.each([
  ['Password: sunflower42', 'sunflower42'],
  ['the pass is "maple-river", enjoy', 'maple-river'],
  ['pw=willow1', 'willow1'],
  ['Contraseña: copperbell.', 'copperbell'],
  ['senha é harbour9', 'harbour9'],
  ['пароль: ромашка', 'ромашка'],
  ['解压密码：abc123', 'abc123'],
  ['unrar pw -> kitetail8', 'kitetail8'],
])('%s names %s', (text, word) => {
  expect(harvestWords(text)[0]).toMatchObject({ how: 'named-as-password' });
  expect(harvestWords(text).map((found) => found.word)).toContain(word);
});

test('the address of a board is tried in each form it is written in', () => {
  const words = harvestWords('more on http://www.pictures.example/board today').map(({ word }) => word);
  expect(words).toEqual(expect.arrayContaining(['www.pictures.example', 'pictures.example']));
});

test('plain words of a sentence are not candidates', () => {
  expect(harvestWords('A list of fruit: apple, banana, well-known cherry')).toEqual([]);
});

test('each word stands where it was found', () => {
  const piece = fc.constantFrom('pass: ', 'a1b2c3', ' ', 'http://a.example/x', 'клад9', 'pw=', ',', '\n', 'word');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      for (const { word, offset } of harvestWords(text)) expect(text.startsWith(word, offset)).toBe(true);
    }),
  );
});

test('a long text is read in the time of its length', () => {
  expect(harvestWords('pass '.repeat(100_000)).length).toBeLessThanOrEqual(200);
  expect(harvestWords('a.'.repeat(100_000)).length).toBeLessThanOrEqual(200);
});
