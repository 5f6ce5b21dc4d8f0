import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReadinessBody } from '@tutela/provider-desk/api';
import { read } from '../../app/api.js';
import { useTongue } from '../../app/tongue.js';
import { Answer, DayField, EmptyState, Page } from '../../design/index.js';
import { daysQuery } from '../queries.js';
import { ExporterDay } from './exporter-day.js';
import { ReadinessPdf } from './readiness-pdf.js';

const route = getRouteApi('/desk/provider/readiness');

const readinessQuery = (day: string) => ({
  queryKey: ['provider', 'readiness', day],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    read<ReadinessBody>(`/provider/readiness/${day}`, { signal }),
});

const DayOf = ({ day }: { readonly day: string }) => {
  const query = useQuery(readinessQuery(day));
  return (
    <Answer query={query}>
      {({ exporters }) => (
        <>
          <ReadinessPdf day={day} />
          {exporters.map(({ readiness }) => (
            <ExporterDay key={readiness.exporter} readiness={readiness} />
          ))}
        </>
      )}
    </Answer>
  );
};

/** How often a question about a day could be answered, and what would change that. Numbers only: nobody is in it. */
export const ReadinessScreen = () => {
  const { say } = useTongue();
  const { day } = route.useSearch();
  const navigate = route.useNavigate();
  const kept = useQuery(daysQuery(undefined));
  return (
    <Page title={say('provider.readiness.title')} about={say('provider.readiness.about')}>
      <Answer query={kept}>
        {({ to, exporters }) =>
          exporters.length === 0 ? (
            <EmptyState title={say('provider.coverage.none')}>{say('provider.coverage.none-why')}</EmptyState>
          ) : (
            <>
              <div className="actions">
                <DayField
                  label={say('provider.readiness.day')}
                  value={day ?? to}
                  onChange={(chosen) => chosen !== '' && void navigate({ search: { day: chosen } })}
                />
              </div>
              <DayOf day={day ?? to} />
            </>
          )
        }
      </Answer>
    </Page>
  );
};
