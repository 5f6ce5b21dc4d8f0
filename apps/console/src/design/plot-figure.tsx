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
    // The figure has one name; its groups have no role that a name of their own would be allowed for.
    for (const group of drawn.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
    place.current?.replaceChildren(drawn);
    return () => drawn.remove();
  }, [label, marks, options, width]);
  return <div className="plot" role="img" aria-label={label} ref={place} />;
};
