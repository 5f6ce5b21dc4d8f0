import { type Markish, plot } from '@observablehq/plot';
import { useEffect, useRef } from 'react';

export interface PlotFigureProps {
  readonly label: string;
  /** Keep it from one rendering to the next (`useMemo`): the drawing is made anew when it changes. */
  readonly marks: readonly Markish[];
  /** Everything of `plot()` but the marks. */
  readonly options?: Omit<NonNullable<Parameters<typeof plot>[0]>, 'marks'>;
}

export const PlotFigure = ({ label, marks, options }: PlotFigureProps) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawn = plot({ ...options, marks: [...marks], ariaLabel: label, className: 'plot-drawing' });
    // Plot brings a style element along, which the content policy forbids; style.css has what it says.
    for (const style of drawn.querySelectorAll('style')) style.remove();
    // The figure has one name; its groups have no role that a name of their own would be allowed for.
    for (const group of drawn.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
    place.current?.replaceChildren(drawn);
    return () => drawn.remove();
  }, [label, marks, options]);
  return <div className="plot" role="img" aria-label={label} ref={place} />;
};
