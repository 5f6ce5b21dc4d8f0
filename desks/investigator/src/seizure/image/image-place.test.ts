import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ImagePlace, parsePlace, placeOf, printPlace } from './image-place.js';

const inode = fc.array(fc.nat(), { minLength: 1, maxLength: 3 }).map((numbers) => numbers.join('-'));
const place: fc.Arbitrary<ImagePlace> = fc.record({
  startSector: fc.nat({ max: 999_999_999_999_999 }),
  inode,
  state: fc.constantFrom('allocated', 'deleted'),
});

test('what was printed is read back', () => {
  fc.assert(
    fc.property(place, (one) => {
      expect(parsePlace(printPlace(one))).toEqual(one);
    }),
  );
});

test('whatever could be taken for something else by a tool is no place', () => {
  for (const text of ['', '2048', '2048/', '2048/-o', '2048/5-', '2048/5-1-1-1', '-1/5', '2048/5/gone', '2048/5\n'])
    expect(parsePlace(text)).toBeUndefined();
});

test('a name whose place belongs to another file has none, nor has a link', () => {
  expect(placeOf(63, { inode: '12', kind: 'file', state: 'deleted' })).toBe('63/12/deleted');
  expect(placeOf(63, { inode: '12', kind: 'file', state: 'reallocated' })).toBeUndefined();
  expect(placeOf(63, { inode: '12', kind: 'link', state: 'allocated' })).toBeUndefined();
});
