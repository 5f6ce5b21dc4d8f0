import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Answer, DataTable, DayField, EmptyState, Page, Section } from '../design/index.js';
import { statisticsQuery } from './queries.js';

const route = getRouteApi('/desk/provider/statistics');

const Counts = ({
  title,
  prefix,
  counts,
}: {
  readonly title: string;
  readonly prefix: string;
  readonly counts: Readonly<Record<string, number>>;
}) => {
  const { say, sayIfKnown, number } = useTongue();
  return (
    <DataTable
      caption={title}
      rows={Object.entries(counts)}
      rowKey={([name]) => name}
      columns={[
        { id: 'name', header: title, cell: ([name]) => sayIfKnown(`${prefix}.${name}`) ?? name },
        { id: 'count', header: say('provider.statistics.count'), align: 'end', cell: ([, count]) => number(count) },
      ]}
    />
  );
};

/** Numbers for a transparency report; nothing in them leads to anybody. */
export const StatisticsScreen = () => {
  const { say } = useTongue();
  const { from, to } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(statisticsQuery({ from, to }));
  const choose = (name: 'from' | 'to') => (day: string) =>
    void navigate({ search: (was) => ({ ...was, [name]: day === '' ? undefined : day }) });
  return (
    <Page title={say('provider.statistics.title')} about={say('provider.statistics.about')}>
      <div className="actions">
        <DayField label={say('provider.statistics.from')} value={from ?? ''} onChange={choose('from')} />
        <DayField
          label={say('provider.statistics.to')}
          help={say('provider.statistics.to-help')}
          value={to ?? ''}
          onChange={choose('to')}
        />
      </div>
      <Answer query={query}>
        {({ orders, disclose, questions, outcomes }) =>
          Object.keys(orders).length === 0 ? (
            <EmptyState title={say('provider.statistics.none')}>{say('provider.statistics.none-why')}</EmptyState>
          ) : (
            <Section
              title={say('provider.statistics.numbers')}
              about={say('provider.statistics.questions', { questions })}
            >
              <Counts title={say('provider.statistics.orders')} prefix="provider.state" counts={orders} />
              <Counts title={say('provider.statistics.disclose')} prefix="provider.disclose" counts={disclose} />
              <Counts title={say('provider.statistics.outcomes')} prefix="provider.outcome" counts={outcomes} />
            </Section>
          )
        }
      </Answer>
    </Page>
  );
};
