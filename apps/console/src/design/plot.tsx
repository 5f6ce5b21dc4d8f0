import { lazy, Suspense } from 'react';
import type { PlotFigureProps } from './plot-figure.js';
import { Loading } from './states.js';

const PlotFigure = lazy(async () => ({ default: (await import('./plot-figure.js')).PlotFigure }));

/**
 * A drawing of Observable Plot, fetched when one is shown. Honest by habit: counts start at zero, nothing is smoothed, a gap
 * is drawn as a gap. `label` says in words what it shows; the numbers stand in a DataTable beside it.
 */
export const Plot = (props: PlotFigureProps) => (
  <Suspense fallback={<Loading />}>
    <PlotFigure {...props} />
  </Suspense>
);
