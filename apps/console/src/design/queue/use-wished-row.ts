import { hashKey, type QueryKey } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Windows } from './use-windows.js';

export interface WishedRow {
  /** The row of that rank is to be opened: at once, or as soon as it is read. */
  readonly open: (rank: number) => void;
  readonly takeBack: () => void;
  /** The rank that is waited for. */
  readonly awaited: number | undefined;
}

/** No keystroke is lost because the node has not answered yet. A wish holds for the filter it was made under. */
export const useWishedRow = <Row>(
  key: QueryKey,
  rowAt: Windows<Row>['rowAt'],
  onOpen: (row: Row) => void,
): WishedRow => {
  const filter = hashKey(key);
  const [wish, setWish] = useState<{ readonly rank: number; readonly filter: string }>();
  const rank = wish?.filter === filter ? wish.rank : undefined;
  const arrived = rank === undefined ? undefined : rowAt(rank);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once, when the row comes
  useEffect(() => {
    if (arrived === undefined) return;
    setWish(undefined);
    onOpen(arrived);
  }, [arrived]);
  return {
    open: (wanted) => {
      const row = rowAt(wanted);
      setWish(row === undefined ? { rank: wanted, filter } : undefined);
      if (row !== undefined) onOpen(row);
    },
    takeBack: () => setWish(undefined),
    awaited: arrived === undefined ? rank : undefined,
  };
};
