import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cursorOf, keyOfCursor } from './cursor.js';
import { readWindow, type WindowSource } from './read-window.js';
import type { Window } from './window.js';

/** A table of that many rows, kept in memory; its rows are their own ranks times ten. */
const tableOf = (count: number): WindowSource<number> => {
  const all = Array.from({ length: count }, (_, nth) => nth * 10);
  return {
    count: async () => count,
    keyOf: (row) => [row],
    keyLength: 1,
    read: async ({ direction, past, skip, limit }) => {
      const [key] = past ?? [];
      const ordered = direction === 'down' ? all : all.toReversed();
      const beyond = ordered.filter((row) => key === undefined || (direction === 'down' ? row > +key : row < +key));
      return beyond.slice(skip, skip + limit);
    },
  };
};
const walk = async (source: WindowSource<number>, way: 'down' | 'up', limit: number): Promise<readonly number[]> => {
  const rows: number[] = [];
  let window: Window<number> = await readWindow(source, { from: way === 'down' ? 'start' : 'end', limit });
  while (window.rows.length > 0) {
    if (way === 'down') rows.push(...window.rows);
    else rows.unshift(...window.rows);
    const place = way === 'down' ? { after: window.last as string } : { before: window.first as string };
    window = await readWindow(source, { ...place, limit, total: 'skip' });
  }
  return rows;
};

test('window after window, from either end, every row is read once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 9 }), async (count, limit) => {
      const expected = Array.from({ length: count }, (_, nth) => nth * 10);
      expect(await walk(tableOf(count), 'down', limit)).toEqual(expected);
      expect(await walk(tableOf(count), 'up', limit)).toEqual(expected);
    }),
  );
});

test('a jump lands on the row of that rank, or on the last', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 60 }),
      fc.nat({ max: 80 }),
      fc.integer({ min: 1, max: 9 }),
      async (count, rank, limit) => {
        const window = await readWindow(tableOf(count), { rank, limit });
        const from = Math.min(rank, count - 1);
        expect(window).toMatchObject({ from, total: count });
        expect(window.rows).toEqual(
          Array.from({ length: Math.min(limit, count - from) }, (_, nth) => (from + nth) * 10),
        );
      },
    ),
  );
});

describe('what a window tells of itself', () => {
  test('the ends are known by their ranks, and what follows a cursor is not', async () => {
    const source = tableOf(12);
    expect(await readWindow(source, { limit: 5 })).toMatchObject({ from: 0, total: 12 });
    const end = await readWindow(source, { from: 'end', limit: 5 });
    expect(end).toMatchObject({ from: 7, total: 12, rows: [70, 80, 90, 100, 110] });
    const before = await readWindow(source, { before: end.first as string, limit: 5, total: 'skip' });
    expect(before).toMatchObject({ from: null, total: null, rows: [20, 30, 40, 50, 60] });
  });

  test('an empty table has neither cursors nor rows', async () => {
    const nothing = { rows: [], first: null, last: null, total: 0, from: 0 };
    expect(await readWindow(tableOf(0), { from: 'end' })).toEqual(nothing);
    expect(await readWindow(tableOf(0), { rank: 7 })).toEqual(nothing);
  });
});

test('a cursor gives back its key', () => {
  const value = fc.oneof(fc.string(), fc.integer());
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (key) => {
      expect(keyOfCursor(cursorOf(key), key.length)).toEqual(key);
    }),
  );
});

test.each(['', 'x', cursorOf(['one', 'two']), Buffer.from('[null]').toString('base64url')])(
  '%j is no cursor of a table with one column',
  async (after) => {
    await expect(readWindow(tableOf(3), { after })).rejects.toMatchObject({
      code: 'malformed-cursor',
      statusCode: 400,
    });
  },
);
