import { axisX, barY, ruleY, text } from '@observablehq/plot';
import type { CoverageDaysBody } from '@tutela/provider-desk/api';
import { useMemo } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Badge, Button, DataTable, Plot } from '../../design/index.js';
import { everyDay, type ShownDay, stateOfDay } from './every-day.js';

const tones = { whole: 'good', gaps: 'waiting', missing: 'alarm' } as const;

export interface CoverageDaysProps {
  readonly body: CoverageDaysBody;
  readonly onDay: (day: string) => void;
}

/** Share of each day without a gap, a row an exporter; a day without a log has no bar. The same as a table below. */
export const CoverageDays = ({ body, onDay }: CoverageDaysProps) => {
  const { say, number, percent } = useTongue();
  const days = useMemo(() => everyDay(body), [body]);
  const { marks, options } = useMemo(() => drawing(days), [days]);
  const short = days.filter((day) => stateOfDay(day) !== 'whole');
  return (
    <>
      <Plot label={say('provider.coverage.plot', { from: body.from, to: body.to })} marks={marks} options={options} />
      <p>{say('provider.coverage.words', { days: days.length, short: short.length })}</p>
      <DataTable
        caption={say('provider.coverage.table')}
        rows={days.toSorted((one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : 0))}
        rowKey={({ exporter, day }) => `${exporter} ${day}`}
        columns={[
          {
            id: 'day',
            header: say('provider.segment.day'),
            cell: ({ day, coveredShare }) =>
              coveredShare === null ? (
                day
              ) : (
                <Button kind="quiet" onPress={() => onDay(day)}>
                  {day}
                </Button>
              ),
          },
          { id: 'exporter', header: say('provider.source.exporter'), cell: (row) => row.exporter },
          {
            id: 'state',
            header: say('provider.coverage.state'),
            cell: (row) => <Badge tone={tones[stateOfDay(row)]}>{say(`provider.coverage.${stateOfDay(row)}`)}</Badge>,
          },
          {
            id: 'share',
            header: say('provider.coverage.share'),
            align: 'end',
            cell: ({ coveredShare }) => (coveredShare === null ? null : percent(coveredShare)),
          },
          { id: 'gaps', header: say('provider.segment.gaps'), align: 'end', cell: ({ gaps }) => number(gaps) },
          {
            id: 'records',
            header: say('provider.segment.records'),
            align: 'end',
            cell: ({ records }) => number(records),
          },
        ]}
      />
    </>
  );
};

const drawing = (days: readonly ShownDay[]) => {
  const exporters = [...new Set(days.map(({ exporter }) => exporter))];
  const missing = days.filter(({ coveredShare }) => coveredShare === null);
  return {
    marks: [
      barY(
        days.filter(({ coveredShare }) => coveredShare !== null),
        { x: 'day', y: 'coveredShare', fy: 'exporter', fill: 'var(--accent)', insetLeft: 1, insetRight: 1 },
      ),
      text(missing, { x: 'day', y: () => 0.4, fy: 'exporter', text: () => '×', fill: 'var(--alarm)' }),
      // Beside the bars a long name would take their room on a narrow window.
      text(exporters, { fy: (exporter) => exporter, text: (exporter) => exporter, frameAnchor: 'top-left', dy: -20 }),
      ruleY([0], { stroke: 'var(--edge)' }),
      axisX({ label: null, tickSize: 0, tickFormat: (day: string) => day.slice(5) }),
    ],
    options: {
      height: 60 + exporters.length * 120,
      marginTop: 30,
      marginBottom: 30,
      marginLeft: 52,
      marginRight: 12,
      x: { type: 'band' as const },
      y: { domain: [0, 1], label: null, ticks: 2, tickFormat: '%' },
      fy: { axis: null, padding: 0.3 },
    },
  };
};
