/** `next` of a page that is ordered by a moment and an id: the last row's, where there may be more. */
export const cursorAfter = <Row>(
  rows: readonly Row[],
  limit: number,
  partsOf: (row: Row) => readonly [string | number, string | number],
): string | null => {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return last === undefined ? null : partsOf(last).join(' ');
};

/** The two parts of a cursor; `undefined` for what is none. */
export const readCursor = (text: string | undefined): readonly [string, string] | undefined => {
  const [one, other, ...more] = text?.split(' ') ?? [];
  return one === undefined || other === undefined || more.length > 0 ? undefined : [one, other];
};
