import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseManifestLine, pathFault } from '../format/index.js';
import { manifestText } from './manifest.js';

const file = (path: string) => ({ path, bytes: 1n, sha256: 'a'.repeat(64), sha512: 'b'.repeat(128) });

describe('a manifest', () => {
  test('is ordered by the bytes of its paths, whatever the order of the files', () => {
    const paths = ['data/b', 'data/a', 'data/ä', 'data/B', 'data/\u{10000}', 'data/\uFFFD'].map(file);
    const text = manifestText(paths, 'sha256');
    const inOrder = ['data/B', 'data/a', 'data/b', 'data/ä', 'data/\uFFFD', 'data/\u{10000}', ''];
    expect(text.split('\n').map((line) => line.slice(66))).toEqual(inOrder);
    expect(manifestText(paths.toReversed(), 'sha256')).toBe(text);
  });

  test.each(['data/100%.txt', 'data/a\nb', 'data/a\rb', '../a', '/a', 'data/a\u202Eb'])(
    'refuses to name %j',
    (path) => {
      expect(() => manifestText([file(path)], 'sha512')).toThrow('cannot be packed');
    },
  );

  test('names every file that may be packed, one a line', () => {
    const path = fc.string({ unit: 'grapheme', minLength: 1 }).map((name) => `data/${name.normalize('NFC')}`);
    const paths = fc.uniqueArray(path.filter((each) => pathFault(each) === undefined));
    fc.assert(
      fc.property(paths, (names) => {
        const lines = manifestText(names.map(file), 'sha512').split('\n').slice(0, -1);
        const read = lines.map((line) => parseManifestLine('sha512', line));
        expect(new Set(read.map((each) => (each.kind === 'line' ? each.line.path : each)))).toEqual(new Set(names));
        expect(read).toHaveLength(names.length);
      }),
    );
  });
});
