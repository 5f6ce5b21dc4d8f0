import { barY, gridY, ruleY, text } from '@observablehq/plot';
import type { ExporterReadiness } from '@tutela/provider-desk/api';
import { useMemo } from 'react';
import { useTongue } from '../../app/tongue.js';
import { DataTable, Plot, Section } from '../../design/index.js';

const hourMs = 3_600_000;
/** The clock error that an hour is shown for. */
const shownErrorMs = 5000;

interface Hour {
  readonly hour: string;
  /** `null`: nothing was held. */
  readonly exact: number | null;
  readonly covered: number;
}

const hoursOf = ({ period, attributable, coverage }: ExporterReadiness): readonly Hour[] => {
  const share = attributable.find(({ port, clockErrorMs }) => port === 'given' && clockErrorMs === shownErrorMs);
  const exact = new Map(share?.hours.map((hour) => [hour.hour, hour.exact]));
  const covered = new Map(coverage.hours.map(({ hour, coveredMs }) => [hour, coveredMs / hourMs]));
  return Array.from({ length: 24 }, (_, nth) => {
    const at = period.from + nth * hourMs;
    return { hour: String(nth).padStart(2, '0'), exact: exact.get(at) ?? null, covered: covered.get(at) ?? 0 };
  });
};

/** Hour by hour: moments that lead to one customer, and how much of the hour the log is whole. */
export const Hours = ({ readiness }: { readonly readiness: ExporterReadiness }) => {
  const { say, percent } = useTongue();
  const hours = useMemo(() => hoursOf(readiness), [readiness]);
  const { marks, options } = useMemo(() => drawing(hours), [hours]);
  const held = hours.flatMap(({ exact }) => exact ?? []);
  const { exporter } = readiness;
  return (
    <Section title={say('provider.readiness.hours')} about={say('provider.readiness.hours-why')}>
      <Plot label={say('provider.readiness.hours-plot', { exporter })} marks={marks} options={options} />
      <p>
        {held.length === 0
          ? say('provider.readiness.nothing-held')
          : say('provider.readiness.hours-words', { worst: percent(Math.min(...held)), empty: 24 - held.length })}
      </p>
      <DataTable
        caption={say('common.table-of', { what: say('provider.readiness.hours') })}
        rows={hours}
        rowKey={({ hour }) => hour}
        columns={[
          { id: 'hour', header: say('provider.readiness.hour'), cell: ({ hour }) => `${hour}:00` },
          {
            id: 'one',
            header: say('provider.outcome.EXACT_ONE'),
            align: 'end',
            cell: ({ exact }) => (exact === null ? say('provider.readiness.no-holding') : percent(exact)),
          },
          { id: 'log', header: say('provider.coverage.share'), align: 'end', cell: ({ covered }) => percent(covered) },
        ]}
      />
    </Section>
  );
};

const drawing = (hours: readonly Hour[]) => ({
  marks: [
    gridY({ stroke: 'var(--line)' }),
    barY(
      hours.filter(({ exact }) => exact !== null),
      { x: 'hour', y: 'exact', fill: 'var(--accent)', insetLeft: 1, insetRight: 1 },
    ),
    text(
      hours.filter(({ exact }) => exact === null),
      { x: 'hour', y: () => 0.04, text: () => '×', fill: 'var(--quiet)' },
    ),
    ruleY([0], { stroke: 'var(--edge)' }),
  ],
  options: {
    height: 220,
    marginLeft: 52,
    x: { label: null, domain: hours.map(({ hour }) => hour) },
    y: { domain: [0, 1], tickFormat: '%', label: null },
  },
});
