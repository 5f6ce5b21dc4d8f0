// biome-ignore-all lint/a11y/useSemanticElements: rows are laid over each other by rank, which a table element cannot do
import type { QueryKey } from '@tanstack/react-query';
import { type CSSProperties, type ReactNode, useId, useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { cssClasses } from '../css-classes.js';
import type { Column } from '../data-table.js';
import { FailedState, Loading } from '../states.js';
import { useRowScroll } from './use-row-scroll.js';
import { type ReadWindow, useWindows } from './use-windows.js';
import { useWishedRow } from './use-wished-row.js';

export interface QueueTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Begins with the desk, then all that the filter holds: `['platform', 'matches', { state }]`. */
  readonly queryKey: QueryKey;
  readonly read: ReadWindow<Row>;
  readonly rowKey: (row: Row) => string;
  /** Enter, or a click; for a row that is not read yet, as soon as it is. */
  readonly onOpen: (row: Row) => void;
  /** Instead of the table when the filter leaves nothing. */
  readonly empty: ReactNode;
}

const rowHeight = 34;

/** What shares the room that is left has room for a short word; a narrower window scrolls sideways. */
const leastOf = (width: string): string => (width.endsWith('fr') ? '7rem' : width);

/**
 * A table of any length, first row to last: only what is seen is read and drawn. Arrow keys, Page Up and Down, Home and
 * End move; Enter opens, also what is still being read, unless one moves on, leaves or takes it back with Escape. The count
 * below says which rows are seen of how many.
 */
export const QueueTable = <Row,>({ label, columns, queryKey, read, rowKey, onOpen, empty }: QueueTableProps<Row>) => {
  const { say } = useTongue();
  const id = useId();
  const [length, setLength] = useState(1);
  const scroll = useRowScroll({ rows: length, rowHeight, onMove: () => wished.takeBack() });
  const windows = useWindows(queryKey, read, scroll.from, scroll.to);
  const wished = useWishedRow(queryKey, windows.rowAt, onOpen);
  // Adjusted while rendering, so that no frame is drawn with a stale length.
  if (windows.total !== undefined && windows.total !== length) setLength(windows.total);

  if (windows.total === undefined)
    return windows.error === null ? <Loading /> : <FailedState problem={windows.error} onRetry={windows.retry} />;
  if (windows.total === 0) return empty;

  const widths = columns.map(({ width = '1fr' }) => width);
  const measures = {
    '--tracks': widths.map((width) => `minmax(${leastOf(width)}, ${width})`).join(' '),
    '--least': `calc(${widths.map(leastOf).join(' + ')} + ${columns.length + 1} * var(--space-3))`,
    '--rows': windows.total,
  } as CSSProperties;
  const ranks = Array.from({ length: scroll.to - scroll.from }, (_, nth) => scroll.from + nth);
  return (
    <div className="queue" style={measures}>
      {windows.error !== null && <FailedState problem={windows.error} onRetry={windows.retry} />}
      <div
        className="queue-scroll"
        role="grid"
        aria-label={label}
        aria-rowcount={windows.total + 1}
        aria-colcount={columns.length}
        aria-readonly="true"
        aria-activedescendant={`${id}-${scroll.active}`}
        tabIndex={0}
        ref={scroll.ref}
        onScroll={scroll.onScroll}
        onKeyDown={(event) => {
          if (event.key === 'Enter') wished.open(scroll.active);
          else if (event.key === 'Escape') wished.takeBack();
          else scroll.onKeyDown(event);
        }}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) wished.takeBack();
        }}
      >
        <div className="queue-row queue-head" role="row" aria-rowindex={1} tabIndex={-1}>
          {columns.map(({ id: column, header, align }) => (
            <div key={column} role="columnheader" tabIndex={-1} data-align={align}>
              {header}
            </div>
          ))}
        </div>
        <div className="queue-rows" role="rowgroup" style={{ height: scroll.seen }}>
          {ranks.map((rank) => {
            const row = windows.rowAt(rank);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and answers to the keys
              <div
                key={rank}
                id={`${id}-${rank}`}
                role="row"
                tabIndex={-1}
                aria-rowindex={rank + 2}
                aria-selected={rank === scroll.active}
                aria-busy={rank === wished.awaited}
                data-row={row === undefined ? undefined : rowKey(row)}
                className={cssClasses('queue-row', rank === scroll.active && 'queue-active')}
                style={{ transform: `translateY(${(rank - scroll.top) * rowHeight}px)` }}
                onClick={() => {
                  scroll.activate(rank);
                  wished.open(rank);
                }}
              >
                {columns.map(({ id: column, cell, align }) => (
                  <div key={column} role="gridcell" tabIndex={-1} data-align={align}>
                    {row === undefined ? '…' : (cell(row) ?? '—')}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
        <div className="queue-room" style={{ height: scroll.room }} role="presentation" />
      </div>
      <p className="queue-foot">
        {say('common.rows', { first: scroll.firstSeen + 1, last: scroll.lastSeen + 1, total: windows.total })}
        <span role="status">
          {wished.awaited !== undefined && say('common.rows.awaited', { row: wished.awaited + 1 })}
        </span>
      </p>
    </div>
  );
};
