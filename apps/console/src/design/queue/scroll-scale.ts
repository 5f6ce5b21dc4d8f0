/**
 * A scroll area cannot be as tall as millions of rows: browsers stop at 16 to 33 million pixels and leave the last rows out
 * of reach, silently. So it is capped, and its position stands for a row by proportion.
 */
const tallest = 12_000_000;

export interface ScrollScale {
  readonly rows: number;
  /** Pixels. */
  readonly rowHeight: number;
  /** Height of the part that is seen, in pixels. */
  readonly seen: number;
}

/** Height of the whole scroll area, in pixels. */
export const areaHeight = ({ rows, rowHeight, seen }: ScrollScale): number =>
  Math.max(seen, Math.min(rows * rowHeight, tallest));

/** The furthest the first seen row can be, as a rank with a fraction: there the last row is seen whole. */
export const furthest = ({ rows, rowHeight, seen }: ScrollScale): number => Math.max(0, rows - seen / rowHeight);

/** Where the scroll position stands for the row `top`. */
export const positionOf = (scale: ScrollScale, top: number): number => {
  const most = furthest(scale);
  return most === 0 ? 0 : (Math.min(top, most) / most) * (areaHeight(scale) - scale.seen);
};

/** The row that a scroll position stands for. */
export const topAt = (scale: ScrollScale, position: number): number => {
  const room = areaHeight(scale) - scale.seen;
  return room <= 0 ? 0 : Math.min(1, Math.max(0, position / room)) * furthest(scale);
};

/**
 * The first row seen after the area was scrolled. A short way moves by as many pixels as were scrolled, however few pixels
 * stand for a row; a long one (a dragged bar) goes where the bar is.
 */
export const topAfter = (scale: ScrollScale, top: number, from: number, to: number): number => {
  const way = to - from;
  const atEnd = to <= 0 || to >= areaHeight(scale) - scale.seen - 1;
  if (atEnd || Math.abs(way) > scale.seen) return topAt(scale, to);
  return Math.min(furthest(scale), Math.max(0, top + way / scale.rowHeight));
};

/** The first row seen once the row of that rank is to be seen whole. */
export const topShowing = (scale: ScrollScale, top: number, rank: number): number => {
  const whole = scale.seen / scale.rowHeight;
  if (rank < top) return rank;
  return rank + 1 > top + whole ? Math.min(furthest(scale), rank + 1 - whole) : top;
};
