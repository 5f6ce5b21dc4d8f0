import { axisX, barX, dot, gridX, ruleX, text } from '@observablehq/plot';
import { useMemo } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Plot } from '../../design/index.js';
import type { Distance, ReleasedAnswer } from './released-answer.js';

export interface AnswerPlotProps {
  readonly window: ReleasedAnswer['window'];
  readonly margin: NonNullable<ReleasedAnswer['margin']>;
  /** The moment that was seen, by the observer's clock set right, in milliseconds. */
  readonly observedMs: number;
}

/** Steps people know, in seconds to both sides. */
const ticks = [60, 3600, 86_400].flatMap((seconds) => [-seconds, seconds]).concat(0);

/**
 * Around the moment that was asked about: how long the same customer had the address, and where the next holder begins.
 * Seconds to both sides on a logarithmic scale, since a clock is wrong by seconds and holders change by hours.
 */
export const AnswerPlot = ({ window, margin, observedMs }: AnswerPlotProps) => {
  const { say, duration } = useTongue();
  const shape = JSON.stringify([window, margin, observedMs]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawing is made anew when what it shows is another
  const [marks, options] = useMemo(() => {
    const seconds = (ms: number) => (ms - observedMs) / 1000;
    const asked = { from: seconds(window.from), to: seconds(window.to), row: say('investigator.plot.asked') };
    const held = {
      from: asked.from - margin.before.ms / 1000,
      to: asked.to + margin.after.ms / 1000,
      row: say('investigator.plot.held'),
    };
    const edges = [
      { at: held.from, side: margin.before, anchor: 'end' as const, dx: -8 },
      { at: held.to, side: margin.after, anchor: 'start' as const, dx: 8 },
    ];
    const word = ({ kind }: Distance) =>
      say(kind === 'exact' ? 'investigator.plot.other' : 'investigator.plot.log-ends');
    const far = Math.max(60, ...[held.from, held.to, asked.from, asked.to].map(Math.abs)) * 12;
    const rows = [asked.row, held.row];
    return [
      [
        gridX({ ticks: ticks.filter((tick) => Math.abs(tick) <= far) }),
        axisX({
          ticks: ticks.filter((tick) => Math.abs(tick) <= far),
          tickFormat: (tick: number) => (tick === 0 ? '0' : `${tick < 0 ? '−' : '+'}${duration(Math.abs(tick))}`),
          label: null,
        }),
        // Above its bar, where it takes no width from it.
        text(rows, { y: (row: string) => row, text: (row: string) => row, frameAnchor: 'left', dx: -32, dy: -24 }),
        barX([held], { x1: 'from', x2: 'to', y: 'row', fill: 'var(--accent)', fillOpacity: 0.55 }),
        barX([asked], { x1: 'from', x2: 'to', y: 'row', fill: 'var(--waiting)' }),
        dot([{ x: 0, row: asked.row }], { x: 'x', y: 'row', r: 5, fill: 'var(--text)' }),
        ruleX([0], { strokeDasharray: '2 3' }),
        ...edges.map(({ at, side, anchor, dx }) =>
          text([{ at, row: held.row }], { x: 'at', y: 'row', text: () => word(side), textAnchor: anchor, dx }),
        ),
      ],
      {
        height: 170,
        marginTop: 24,
        marginLeft: 40,
        marginRight: 40,
        x: { type: 'symlog' as const, constant: 1, domain: [-far, far] },
        y: { axis: null, domain: rows, padding: 0.5 },
      },
    ];
  }, [shape, say]);
  return <Plot label={say('investigator.plot.label')} marks={marks} options={options} />;
};
