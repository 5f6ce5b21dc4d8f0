import { cursorOf, type Key, keyOfCursor } from './cursor.js';
import type { Window, WindowAsked } from './window.js';

/** `down` in the order of the table, `up` against it. */
export type Direction = 'down' | 'up';

export interface Stretch {
  readonly direction: Direction;
  /** Only rows beyond this one, seen in the direction. */
  readonly past: Key | undefined;
  /** Rows to leave out before the first one read; not 0 only for a jump. */
  readonly skip: number;
  readonly limit: number;
}

/** A table as it is read in windows; all under the same filter. */
export interface WindowSource<Row> {
  readonly read: (stretch: Stretch) => Promise<readonly Row[]>;
  readonly count: () => Promise<number>;
  readonly keyOf: (row: Row) => Key;
  /** How many columns the key has. */
  readonly keyLength: number;
}

const usualLimit = 100;

/**
 * The window asked for. A jump to a rank is read from the nearer end.
 * @throws WindowError `malformed-cursor`
 */
export const readWindow = async <Row>(source: WindowSource<Row>, asked: WindowAsked): Promise<Window<Row>> => {
  const limit = asked.limit ?? usualLimit;
  if (asked.rank !== undefined) return jump(source, asked.rank, limit);
  const cursor = asked.after ?? asked.before;
  const direction = asked.before !== undefined || (cursor === undefined && asked.from === 'end') ? 'up' : 'down';
  const past = cursor === undefined ? undefined : keyOfCursor(cursor, source.keyLength);
  const [found, total] = await Promise.all([
    source.read({ direction, past, skip: 0, limit }),
    asked.total === 'skip' ? null : source.count(),
  ]);
  const rows = direction === 'up' ? found.toReversed() : found;
  const fromEnd = total === null ? null : Math.max(0, total - rows.length);
  const from = cursor !== undefined ? null : direction === 'down' ? 0 : fromEnd;
  return { ...framed(source, rows), total, from };
};

const jump = async <Row>(source: WindowSource<Row>, rank: number, limit: number): Promise<Window<Row>> => {
  const total = await source.count();
  const from = Math.max(0, Math.min(rank, total - 1));
  const length = Math.min(limit, total - from);
  if (length <= 0) return { ...framed(source, []), total, from: 0 };
  const rest = total - from - length;
  const found =
    from <= rest
      ? await source.read({ direction: 'down', past: undefined, skip: from, limit: length })
      : (await source.read({ direction: 'up', past: undefined, skip: rest, limit: length })).toReversed();
  return { ...framed(source, found), total, from };
};

const framed = <Row>({ keyOf }: WindowSource<Row>, rows: readonly Row[]) => {
  const cursorAt = (row: Row | undefined): string | null => (row === undefined ? null : cursorOf(keyOf(row)));
  return { rows, first: cursorAt(rows[0]), last: cursorAt(rows.at(-1)) };
};
