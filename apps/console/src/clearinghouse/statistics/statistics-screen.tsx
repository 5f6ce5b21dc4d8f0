import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { StatisticsBody } from '@tutela/clearinghouse-desk/api';
import { read } from '../../app/api.js';
import { useTongue } from '../../app/tongue.js';
import { Answer, CountryMap, DataTable, DayField, EmptyState, Page, Section } from '../../design/index.js';
import { DimensionPlot } from './dimension-plot.js';
import { usualPeriod } from './period.js';

const route = getRouteApi('/desk/clearinghouse/statistics');
const dimensions = ['incident-type', 'label', 'lane', 'labelled-by', 'shown-as', 'files'] as const;

/** What may be published of a period: counts and medians, nothing of any one report. */
export const StatisticsScreen = () => {
  const { say, sayIfKnown, number } = useTongue();
  const { from, to } = { ...usualPeriod(new Date()), ...route.useSearch() };
  const navigate = route.useNavigate();
  const query = useQuery({
    queryKey: ['clearinghouse', 'statistics', from, to],
    queryFn: ({ signal }) => read<StatisticsBody>('/clearinghouse/statistics', { query: { from, to }, signal }),
  });
  return (
    <Page
      title={say('clearinghouse.statistics.title')}
      about={say('clearinghouse.statistics.about')}
      actions={
        <>
          <DayField
            label={say('clearinghouse.statistics.from')}
            value={from}
            onChange={(value) => void navigate({ search: { from: value, to } })}
          />
          <DayField
            label={say('clearinghouse.statistics.to')}
            value={to}
            onChange={(value) => void navigate({ search: { from, to: value } })}
          />
        </>
      }
    >
      <Answer query={query}>
        {({ counts, medians }) =>
          counts.length === 0 ? (
            <EmptyState title={say('clearinghouse.statistics.none')}>
              {say('clearinghouse.statistics.none-why')}
            </EmptyState>
          ) : (
            <>
              <Section
                title={say('clearinghouse.statistics.countries')}
                about={say('clearinghouse.statistics.countries-about')}
              >
                <Countries counts={counts} />
              </Section>
              <Section title={say('clearinghouse.statistics.medians')}>
                <DataTable
                  caption={say('common.table-of', { what: say('clearinghouse.statistics.medians') })}
                  rows={medians}
                  rowKey={({ measure }) => measure}
                  columns={[
                    {
                      id: 'measure',
                      header: say('clearinghouse.statistics.measure'),
                      cell: ({ measure }) => sayIfKnown(`clearinghouse.statistics.measure.${measure}`) ?? measure,
                    },
                    {
                      id: 'median',
                      header: say('clearinghouse.statistics.median'),
                      align: 'end',
                      cell: ({ median }) => (median === null ? null : number(median)),
                    },
                    {
                      id: 'of',
                      header: say('clearinghouse.statistics.count'),
                      align: 'end',
                      cell: ({ of }) => number(of),
                    },
                  ]}
                />
              </Section>
              {dimensions.map((dimension) => (
                <DimensionPlot
                  key={dimension}
                  dimension={dimension}
                  counts={counts.filter((row) => row.dimension === dimension)}
                />
              ))}
            </>
          )
        }
      </Answer>
    </Page>
  );
};

const Countries = ({ counts }: Pick<StatisticsBody, 'counts'>) => {
  const { say } = useTongue();
  const told = counts
    .filter(({ dimension }) => dimension === 'country')
    .flatMap(({ value, count }) =>
      typeof count === 'number' ? [{ country: value === 'unknown' ? null : value, count }] : [],
    );
  if (told.length === 0) return <EmptyState title={say('clearinghouse.statistics.countries-few')} />;
  return <CountryMap label={say('clearinghouse.statistics.countries')} counts={told} />;
};
