import { barY, dot, ruleY } from '@observablehq/plot';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OverviewBody } from '@tutela/platform-desk/api';
import { useMemo } from 'react';
import { useTongue } from '../app/tongue.js';
import { Answer, DataTable, EmptyState, Facts, Page, Plot, Section, Time } from '../design/index.js';
import { overviewQuery } from './queries.js';

/** How the desk does: what waits and for how long, what failed, how long a report took, day by day. */
export const StandingScreen = () => {
  const { say } = useTongue();
  return (
    <Page title={say('platform.standing.title')} about={say('platform.standing.about')}>
      <Answer query={useQuery(overviewQuery)}>{(overview) => <Standing overview={overview} />}</Answer>
    </Page>
  );
};

const Standing = ({ overview }: { readonly overview: OverviewBody }) => {
  const { say, number, duration } = useTongue();
  const nothing = overview.days.every(({ uploads, found, decided, filed }) => uploads + found + decided + filed === 0);
  return (
    <>
      <Section title={say('platform.standing.now')}>
        <Facts
          facts={[
            {
              name: say('platform.standing.stacks'),
              value: (
                <Link to="/desk/platform/stacks" search={{ state: 'waiting' }}>
                  {number(overview.stacksWaiting)}
                </Link>
              ),
            },
            { name: say('platform.standing.matches'), value: number(overview.matchesWaiting) },
            { name: say('platform.standing.oldest'), value: <Time at={overview.oldestWaiting} /> },
            {
              name: say('platform.standing.median'),
              value: overview.medianSeconds === null ? null : duration(overview.medianSeconds),
            },
            ...(
              [
                ['finished', overview.filed],
                ['waiting', overview.underWay],
                ['failing', overview.failing],
                ['refused', overview.refused],
              ] as const
            ).map(([show, count]) => ({
              name: say(`platform.standing.reports-${show}`),
              value: (
                <Link to="/desk/platform/reports" search={{ show }}>
                  {number(count)}
                </Link>
              ),
            })),
          ]}
        />
      </Section>
      {nothing ? (
        <EmptyState title={say('platform.standing.none')}>{say('platform.standing.none-why')}</EmptyState>
      ) : (
        <ByDay days={overview.days} />
      )}
    </>
  );
};

/** From zero, and up to one at least: a month of zeros is a line on the ground. */
const optionsFor = (values: readonly number[]) => ({
  height: 170,
  marginLeft: 48,
  x: { type: 'band' as const, tickFormat: tickOf, tickSize: 0, label: null },
  // No marks between whole numbers: half a report is none.
  y: { grid: true, label: null, ticks: Math.min(4, Math.max(1, ...values)), domain: [0, Math.max(1, ...values)] },
});

/** Every seventh day has its name: thirty do not fit. */
function tickOf(day: string, at: number): string {
  return at % 7 === 0 ? day.slice(5) : '';
}

const ByDay = ({ days }: { readonly days: OverviewBody['days'] }) => {
  const { say, number, duration, day } = useTongue();
  return (
    <>
      <div className="plots">
        {(['found', 'decided', 'filed'] as const).map((what) => (
          <Section key={what} title={say(`platform.standing.${what}`)}>
            <Counts days={days} what={what} />
          </Section>
        ))}
        <Section title={say('platform.standing.took')} about={say('platform.standing.took-about')}>
          <Took days={days} />
        </Section>
      </div>
      <Section title={say('platform.standing.days')}>
        <DataTable
          caption={say('platform.standing.days-about')}
          rows={days.toReversed()}
          rowKey={(row) => row.day}
          columns={[
            { id: 'day', header: say('platform.standing.day'), cell: (row) => day(`${row.day}T12:00:00Z`) },
            ...(['uploads', 'found', 'decided', 'filed'] as const).map((what) => ({
              id: what,
              header: say(`platform.standing.${what}`),
              align: 'end' as const,
              cell: (row: OverviewBody['days'][number]) => number(row[what]),
            })),
            {
              id: 'took',
              header: say('platform.standing.took'),
              align: 'end',
              cell: ({ medianSeconds }) => (medianSeconds === null ? null : duration(medianSeconds)),
            },
          ]}
        />
      </Section>
    </>
  );
};

interface CountsProps {
  readonly days: OverviewBody['days'];
  readonly what: 'found' | 'decided' | 'filed';
}

const Counts = ({ days, what }: CountsProps) => {
  const { say } = useTongue();
  const marks = useMemo(() => [barY(days, { x: 'day', y: what, fill: 'var(--accent)' }), ruleY([0])], [days, what]);
  const options = useMemo(() => optionsFor(days.map((day) => day[what])), [days, what]);
  return <Plot label={say(`platform.standing.${what}`)} marks={marks} options={options} />;
};

const Took = ({ days }: { readonly days: OverviewBody['days'] }) => {
  const { say } = useTongue();
  const marks = useMemo(
    () => [
      // A day without a report has no dot: nothing is drawn where nothing was.
      dot(
        days.map(({ day, medianSeconds }) => ({
          day,
          hours: medianSeconds === null ? Number.NaN : medianSeconds / 3600,
        })),
        { x: 'day', y: 'hours', fill: 'var(--accent)', r: 4 },
      ),
      ruleY([0]),
    ],
    [days],
  );
  const options = useMemo(() => optionsFor(days.map(({ medianSeconds }) => (medianSeconds ?? 0) / 3600)), [days]);
  return <Plot label={say('platform.standing.took')} marks={marks} options={options} />;
};
