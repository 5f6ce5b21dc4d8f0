import { type KeyboardEvent, type RefCallback, useCallback, useEffect, useRef, useState } from 'react';
import { areaHeight, furthest, positionOf, type ScrollScale, topAfter, topShowing } from './scroll-scale.js';

export interface RowScroll {
  readonly ref: RefCallback<HTMLDivElement>;
  readonly onScroll: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly activate: (rank: number) => void;
  /** The rank that keys move and Enter opens. */
  readonly active: number;
  /** The first seen row, with the fraction that is scrolled out. */
  readonly top: number;
  /** Ranks to draw, without `to`. */
  readonly from: number;
  readonly to: number;
  /** Ranks that are seen, to tell people. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Pixels: what is seen of the rows, and what has to lie below them so that the bar has its length. */
  readonly seen: number;
  readonly room: number;
}

/** The bar is put where the rows are once nobody has scrolled for so long. */
const settleMs = 120;
const headHeight = 34;

interface RowScrollProps extends Pick<ScrollScale, 'rows' | 'rowHeight'> {
  /** Somebody moves, by whatever. */
  readonly onMove: () => void;
}

/** Which rows are seen, moved by the scroll bar, the wheel and the keys. */
export const useRowScroll = ({ rows, rowHeight, onMove }: RowScrollProps): RowScroll => {
  const area = useRef<HTMLDivElement>(null);
  const last = useRef(0);
  const [seen, setSeen] = useState(600);
  const [place, setPlace] = useState({ top: 0, active: 0 });
  const scale = { rows, rowHeight, seen };
  const top = Math.min(place.top, furthest(scale));
  const active = Math.max(0, Math.min(place.active, rows - 1));
  const room = areaHeight(scale) - seen;

  const ref = useCallback((node: HTMLDivElement | null) => {
    area.current = node;
    if (node === null) return;
    const watcher = new ResizeObserver(() => setSeen(Math.max(rowSpace, node.clientHeight - headHeight)));
    watcher.observe(node);
    return () => watcher.disconnect();
  }, []);

  const onScroll = () => {
    const now = area.current?.scrollTop ?? 0;
    const from = last.current;
    last.current = now;
    // Where this very effect put the bar, nothing was scrolled.
    if (Math.abs(now - from) < 1) return;
    onMove();
    setPlace((was) => ({ ...was, top: topAfter(scale, was.top, from, now) }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the rows that are seen, whatever moved them
  useEffect(() => {
    const timer = setTimeout(() => {
      if (area.current === null) return;
      // Scrolled a moment ago, and not told yet: the bar stays where somebody put it.
      if (Math.abs(area.current.scrollTop - last.current) >= 1) return;
      const wanted = Math.round(positionOf(scale, top));
      if (Math.abs(area.current.scrollTop - wanted) < 1) return;
      area.current.scrollTop = wanted;
      last.current = area.current.scrollTop;
    }, settleMs);
    return () => clearTimeout(timer);
  }, [top, rows, seen]);

  const activate = (rank: number) => {
    onMove();
    const next = Math.max(0, Math.min(rows - 1, rank));
    setPlace((was) => ({ active: next, top: topShowing(scale, Math.min(was.top, furthest(scale)), next) }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(seen / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const goal = event.key === 'Home' ? 0 : event.key === 'End' ? rows - 1 : active + (steps[event.key] ?? 0);
    if (!(event.key in steps) && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    activate(goal);
  };

  const from = Math.max(0, Math.floor(top));
  const to = Math.min(rows, Math.ceil(top + seen / rowHeight));
  const lastSeen = Math.max(0, Math.min(rows, Math.floor(top + seen / rowHeight + 1e-6)) - 1);
  return {
    ref,
    onScroll,
    onKeyDown,
    activate,
    active,
    top,
    from,
    to,
    firstSeen: Math.ceil(top - 1e-6),
    lastSeen,
    seen,
    room,
  };
};

/** At least one row is drawn however low the window. */
const rowSpace = 34;
