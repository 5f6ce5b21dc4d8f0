import { type Markish, plot } from '@observablehq/plot';
import { useEffect, useRef, useState } from 'react';

export interface PlotFigureProps {
  readonly label: string;
  /** Keep it from one rendering to the next (`useMemo`): the drawing is made anew when it changes. */
  readonly marks: readonly Markish[];
  /** Everything of `plot()` but the marks and the width: it is as wide as its place, and words on it keep their size. */
  readonly options?: Omit<NonNullable<Parameters<typeof plot>[0]>, 'marks' | 'width'>;
}

/** Pixels: on less room the drawing is made smaller with its words, on more it would be pulled apart. */
const narrowest = 320;
const widest = 880;

/** Pixels between two names on an axis. */
const apart = 8;

/** Names below an axis that would run into each other: as many are left out as that takes, evenly. */
const thinNames = (drawn: Element): void => {
  for (const axis of drawn.querySelectorAll('g[aria-label="x-axis tick label"]')) {
    const names = [...axis.querySelectorAll('text')];
    const boxes = names.map((name) => name.getBoundingClientRect());
    const centres = boxes.map(({ left, width }) => left + width / 2);
    const step = Math.min(...centres.slice(1).map((centre, before) => centre - (centres[before] ?? 0)));
    const every = step > 0 ? Math.ceil((Math.max(...boxes.map(({ width }) => width)) + apart) / step) : 1;
    for (const [at, name] of names.entries()) if (at % every !== 0) name.remove();
  }
};

export const PlotFigure = ({ label, marks, options }: PlotFigureProps) => {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number>();
  useEffect(() => {
    const watcher = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.max(narrowest, Math.min(widest, Math.floor(entry.contentRect.width))));
    });
    if (place.current !== null) watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (width === undefined) return;
    const drawn = plot({ ...options, width, marks: [...marks], ariaLabel: label, className: 'plot-drawing' });
    // Plot brings a style element along, which the content policy forbids; style.css has what it says.
    for (const style of drawn.querySelectorAll('style')) style.remove();
    place.current?.replaceChildren(drawn);
    thinNames(drawn);
    // The figure has one name; its groups have no role that a name of their own would be allowed for.
    for (const group of drawn.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
    return () => drawn.remove();
  }, [label, marks, options, width]);
  return <div className="plot" role="img" aria-label={label} ref={place} />;
};
