import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Button, DayField, EmptyState, Section } from '../../design/index.js';
import { daysQuery } from '../queries.js';
import { CoverageDays } from './coverage-days.js';
import { DayGaps } from './day-gaps.js';

const route = getRouteApi('/desk/provider/log');

/** Day by day and exporter by exporter: whole, with gaps, or missing; below it the gaps of the day that was chosen. */
export const Coverage = () => {
  const { say } = useTongue();
  const { to, day } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(daysQuery(to));
  const search = (next: { readonly to?: string; readonly day?: string }) =>
    void navigate({ search: (was) => ({ ...was, ...next }) });
  return (
    <Section title={say('provider.coverage.title')} about={say('provider.coverage.about')}>
      <Answer query={query}>
        {(body) =>
          body.exporters.length === 0 ? (
            <EmptyState title={say('provider.coverage.none')}>{say('provider.coverage.none-why')}</EmptyState>
          ) : (
            <>
              <div className="actions">
                <DayField
                  label={say('provider.coverage.until')}
                  value={to ?? body.to}
                  onChange={(until) => until !== '' && search({ to: until })}
                />
              </div>
              <CoverageDays body={body} onDay={(chosen) => search({ day: chosen })} />
            </>
          )
        }
      </Answer>
      {day !== undefined && (
        <>
          <DayGaps day={day} />
          <Button onPress={() => void navigate({ to: '/desk/provider/readiness', search: { day } })}>
            {say('provider.coverage.readiness', { day })}
          </Button>
        </>
      )}
    </Section>
  );
};
