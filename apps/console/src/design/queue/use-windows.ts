import { type QueryKey, useQueries, useQueryClient } from '@tanstack/react-query';
import type { Window, WindowAsked } from '@tutela/window';
import { useState } from 'react';

/** Reads a window of a table from the node; see `@tutela/window` for what the route has to offer. */
export type ReadWindow<Row> = (asked: WindowAsked, signal: AbortSignal) => Promise<Window<Row>>;

/** Rows asked for at once. */
const pageSize = 100;

export interface Windows<Row> {
  /** `undefined` until the first answer. */
  readonly total: number | undefined;
  /** The row of that rank once it is here. */
  readonly rowAt: (rank: number) => Row | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/**
 * The pages of a table that are seen, from rank `from` up to and without `to`. A page beside one that is here goes on from
 * its cursor, which costs the node the same everywhere; any other is a jump to its rank. Pages out of sight are let go.
 */
export const useWindows = <Row>(key: QueryKey, read: ReadWindow<Row>, from: number, to: number): Windows<Row> => {
  const client = useQueryClient();
  const [known, setKnown] = useState<number>();
  const first = Math.floor(from / pageSize);
  const last = Math.max(first, Math.floor(Math.max(from, to - 1) / pageSize));
  const pageKey = (page: number): QueryKey => [...key, 'page', page];
  const held = (page: number) => client.getQueryData<Window<Row>>(pageKey(page));
  const placeOf = (page: number): WindowAsked => {
    // Asked again after a change, ranks may have moved: only the rank itself says where a page lies now.
    if (page === 0 || held(page) !== undefined) return { rank: page * pageSize };
    const [before, after] = [held(page - 1), held(page + 1)];
    if (before?.last != null && before.rows.length === pageSize) return { after: before.last, total: 'skip' };
    if (after?.first != null) return { before: after.first, total: 'skip' };
    return { rank: page * pageSize };
  };
  const queries = useQueries({
    queries: Array.from({ length: last - first + 1 }, (_, nth) => ({
      queryKey: pageKey(first + nth),
      gcTime: 10_000,
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const window = await read({ ...placeOf(first + nth), limit: pageSize }, signal);
        if (window.total !== null) setKnown(window.total);
        return window;
      },
    })),
  });
  // A page that was already here when the table was opened brings its count along.
  const counted = known ?? queries.map(({ data }) => data?.total).find((total) => typeof total === 'number');
  return {
    total: counted,
    rowAt: (rank) => queries[Math.floor(rank / pageSize) - first]?.data?.rows[rank % pageSize],
    error: queries.find(({ error }) => error !== null)?.error ?? null,
    retry: () => {
      for (const query of queries) if (query.error !== null) void query.refetch();
    },
  };
};
