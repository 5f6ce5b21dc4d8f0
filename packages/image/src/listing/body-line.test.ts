import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBodyLine } from './body-line.js';
import { newLineSplitter } from './lines.js';

const lineOf = (path: string, size = 7, type = 'r/rrw-r--r--'): Buffer =>
  Buffer.from(`0|/${path}|5-128-1|${type}|0|0|${size}|0|1795362621|-1|1795362622`);

test('a path keeps its bytes whatever stands in it', () => {
  const name = fc.uint8Array({ minLength: 1, maxLength: 60 }).filter((bytes) => !bytes.includes(0x0a));
  fc.assert(
    fc.property(name, (bytes) => {
      const [before, after] = ['0|/', '|5-128-1|r/rrw-r--r--|0|0|7|0|1795362621|-1|1795362622'].map((text) =>
        Buffer.from(text),
      ) as [Buffer, Buffer];
      const entry = readBodyLine(Buffer.concat([before, bytes, after]), 'present');
      expect(entry?.path).toEqual(Buffer.from(bytes));
      expect(entry).toMatchObject({ inode: '5-128-1', state: 'allocated', kind: 'file', size: 7 });
    }),
  );
});

test('fields that stand in a name stay in the name', () => {
  const name = 'x|9|r/rrwxrwxrwx|0|0|1|1|1|1|1';
  expect(readBodyLine(lineOf(name), 'present')).toMatchObject({ path: Buffer.from(name), inode: '5-128-1', size: 7 });
});

test('times are moments in UTC, and 0 is none', () => {
  expect(readBodyLine(lineOf('a'), 'present')?.times).toEqual({
    accessed: null,
    modified: '2026-11-22T15:50:21.000Z',
    changed: '1969-12-31T23:59:59.000Z',
    created: '2026-11-22T15:50:22.000Z',
  });
});

test('only what was asked for as deleted loses the word, and once', () => {
  const twice = lineOf('a (deleted) (deleted)');
  expect(readBodyLine(twice, 'present')).toMatchObject({
    path: Buffer.from('a (deleted) (deleted)'),
    state: 'allocated',
  });
  expect(readBodyLine(twice, 'deleted')).toMatchObject({ path: Buffer.from('a (deleted)'), state: 'deleted' });
  const taken = lineOf('a (deleted-realloc)');
  expect(readBodyLine(taken, 'deleted')).toMatchObject({ path: Buffer.from('a'), state: 'reallocated' });
  expect(readBodyLine(lineOf('a'), 'deleted')).toBeUndefined();
});

test('the target of a link is no part of its name, even with arrows in both', () => {
  const link = lineOf('a -> b -> c -> d', 6, 'l/lrwxrwxrwx');
  expect(readBodyLine(link, 'present')).toMatchObject({ path: Buffer.from('a -> b'), kind: 'link' });
});

test('a name that may have been altered says so, and a line of another form is none', () => {
  expect(readBodyLine(lineOf('a^b'), 'present')?.spelling).toBe('may-be-altered');
  for (const line of ['', 'Error', '0|/a|x|r/rrw-r--r--|0|0|1|1|1|1|1', '0|/a|1|r/rrw-r--r--|0|0|1|1|1|1'])
    expect(readBodyLine(Buffer.from(line), 'present')).toBeUndefined();
});

test('lines come out whole however they are cut', () => {
  const text = fc.array(
    fc.string({ maxLength: 20 }).map((line) => line.replaceAll('\n', '')),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 7 }), (lines, step) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      const splitter = newLineSplitter(1000);
      const found: string[] = [];
      for (let at = 0; at < bytes.length; at += step)
        found.push(...splitter.take(bytes.subarray(at, at + step)).map((line) => line.toString()));
      expect(found).toEqual(lines);
      expect(splitter.rest()).toHaveLength(0);
    }),
  );
});
