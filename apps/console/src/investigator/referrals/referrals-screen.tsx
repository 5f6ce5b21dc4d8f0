import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Badge, EmptyState, Page, QueueTable, Section, Select, Time } from '../../design/index.js';
import { Feeds } from './feeds.js';
import { type ReferredRow, readReferred } from './queries.js';
import { laneTones, readReferralsSearch, referralShows, referralTones, stateOf } from './referral-states.js';

const route = getRouteApi('/desk/investigator/referrals');

/** What came from clearinghouses and from where; what is new is fetched here. */
export const ReferralsScreen = () => {
  const { say } = useTongue();
  return (
    <Page title={say('investigator.referrals.title')} about={say('investigator.referrals.about')}>
      <Feeds />
      <Referred />
    </Page>
  );
};

const Referred = () => {
  const { say, list } = useTongue();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Section
      title={say('investigator.referrals.list')}
      actions={
        <Select
          label={say('investigator.referrals.show')}
          labelPlace="inside"
          value={search.show ?? 'waiting'}
          onChange={(show) => void navigate({ search: readReferralsSearch({ show }) })}
          options={referralShows.map((value) => ({
            value,
            label: value === 'all' ? say('investigator.any') : say(`investigator.referrals.show-${value}`),
          }))}
        />
      }
    >
      <div className="queue-place">
        <QueueTable<ReferredRow>
          key={search.show ?? 'waiting'}
          label={say('investigator.referrals.list')}
          queryKey={['investigator', 'referrals', search]}
          read={readReferred(search)}
          rowKey={({ referralId, reportNumber }) => `${referralId} ${reportNumber}`}
          onOpen={({ reportId }) =>
            void navigate({ to: '/desk/investigator/referrals/$report', params: { report: reportId }, search: {} })
          }
          empty={
            <EmptyState title={say('investigator.referrals.none')}>{say('investigator.referrals.none-why')}</EmptyState>
          }
          columns={[
            {
              id: 'lane',
              header: say('investigator.referral.lane'),
              width: '9rem',
              cell: ({ lane }) => <Badge tone={laneTones[lane]}>{say(`investigator.referral.lane-${lane}`)}</Badge>,
            },
            {
              id: 'number',
              header: say('investigator.reports.number'),
              width: '6rem',
              cell: ({ reportNumber }) => reportNumber,
            },
            {
              id: 'state',
              header: say('investigator.referral.state'),
              width: '12rem',
              cell: (row) => (
                <>
                  <Badge tone={referralTones[stateOf(row)]}>{say(`investigator.referral.${stateOf(row)}`)}</Badge>{' '}
                  {list(row.cases)}
                </>
              ),
            },
            { id: 'esp', header: say('investigator.reports.provider'), width: '1fr', cell: ({ esp }) => esp },
            {
              id: 'incident',
              header: say('investigator.referral.incident'),
              width: '2fr',
              cell: ({ incidentType }) => <span title={incidentType ?? undefined}>{incidentType}</span>,
            },
            {
              id: 'from',
              header: say('investigator.referral.from'),
              width: '1fr',
              cell: ({ clearinghouse }) => new URL(clearinghouse).host,
            },
            {
              id: 'fetched',
              header: say('investigator.referral.fetched'),
              width: '13rem',
              cell: ({ fetchedAt }) => <Time at={fetchedAt} />,
            },
          ]}
        />
      </div>
    </Section>
  );
};
