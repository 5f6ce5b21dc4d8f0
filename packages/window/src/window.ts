import { type Static, type TSchema, Type } from 'typebox';

/** What a route adds to its query so that a table of any length can be read through it. At most one place is asked for. */
export const windowQuery = {
  /** The rows that follow this row (`last` of a window). */
  after: Type.Optional(Type.String({ maxLength: 500 })),
  /** The rows that come before this row (`first` of a window). */
  before: Type.Optional(Type.String({ maxLength: 500 })),
  /** The rows from this one on, counted from 0. */
  rank: Type.Optional(Type.Integer({ minimum: 0 })),
  /** The first rows or the last. */
  from: Type.Optional(Type.Union([Type.Literal('start'), Type.Literal('end')])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  /** Counting costs more than reading on: who scrolls skips it. */
  total: Type.Optional(Type.Union([Type.Literal('count'), Type.Literal('skip')])),
};

const windowAsked = Type.Object(windowQuery);
export type WindowAsked = Static<typeof windowAsked>;

/** The answer of such a route. */
export const windowBody = <Row extends TSchema>(row: Row) =>
  Type.Object({
    rows: Type.Array(row),
    /** Where the window begins and ends, for `before` and `after`; `null` without rows. */
    first: Type.Union([Type.String(), Type.Null()]),
    last: Type.Union([Type.String(), Type.Null()]),
    /** All rows that the filter leaves; `null` where counting was skipped. */
    total: Type.Union([Type.Integer(), Type.Null()]),
    /** The rank of the first row; `null` after a cursor, where whoever asks counts on. */
    from: Type.Union([Type.Integer(), Type.Null()]),
  });

export interface Window<Row> {
  readonly rows: readonly Row[];
  readonly first: string | null;
  readonly last: string | null;
  readonly total: number | null;
  readonly from: number | null;
}
