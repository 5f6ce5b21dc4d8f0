import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, MoreRows, Select, Time } from '../../design/index.js';
import { laneTones } from '../triage/tones.js';
import { authoritiesQuery, referralsQuery } from './queries.js';
import { type ReferralsSearch, readReferralsSearch, referralStates, referralTones } from './referrals-search.js';
import { useAuthorityName } from './use-authority-name.js';

/** By authority, country and state; newest first. */
export const SentReferrals = ({
  search,
  onChange,
}: {
  readonly search: ReferralsSearch;
  readonly onChange: (search: ReferralsSearch) => void;
}) => {
  const { say, country, number } = useTongue();
  const query = useInfiniteQuery(referralsQuery(search));
  const { data } = useQuery(authoritiesQuery());
  const authorities = data?.authorities ?? [];
  const nameOf = useAuthorityName();
  const any = { value: 'any', label: say('clearinghouse.filter.any') };
  const set = (name: keyof ReferralsSearch) => (value: string) =>
    onChange(readReferralsSearch({ ...search, [name]: value === 'any' ? undefined : value }));
  return (
    <>
      <div className="filters">
        <Select
          label={say('clearinghouse.filter.state')}
          labelPlace="inside"
          value={search.state ?? 'any'}
          onChange={set('state')}
          options={[
            any,
            ...referralStates.map((value) => ({ value, label: say(`clearinghouse.referral.state.${value}`) })),
          ]}
        />
        <Select
          label={say('common.map.country')}
          labelPlace="inside"
          value={search.country ?? 'any'}
          onChange={set('country')}
          options={[
            any,
            ...[...new Set(authorities.map((one) => one.country))].map((value) => ({ value, label: country(value) })),
          ]}
        />
        <Select
          label={say('clearinghouse.referral.authority')}
          labelPlace="inside"
          value={search.authority ?? 'any'}
          onChange={set('authority')}
          options={[any, ...authorities.map(({ authorityId, name }) => ({ value: authorityId, label: name }))]}
        />
      </div>
      <Answer query={query}>
        {({ pages }) => {
          const rows = pages.flatMap(({ referrals }) => referrals);
          if (rows.length === 0) {
            return (
              <EmptyState title={say('clearinghouse.referrals.none')}>
                {say('clearinghouse.referrals.none-why')}
              </EmptyState>
            );
          }
          return (
            <>
              <DataTable
                caption={say('clearinghouse.referrals.sent')}
                rows={rows}
                rowKey={({ referralId }) => referralId}
                columns={[
                  {
                    id: 'referral',
                    header: say('clearinghouse.referral.title'),
                    cell: ({ referralId, reportNumber, reports }) => (
                      <Link to="/desk/clearinghouse/referrals/$referral" params={{ referral: referralId }}>
                        {reportNumber === null
                          ? say('clearinghouse.triage.bundle.reports', { reports })
                          : say('clearinghouse.item.report', { number: reportNumber })}
                      </Link>
                    ),
                  },
                  {
                    id: 'state',
                    header: say('clearinghouse.filter.state'),
                    cell: ({ state }) => (
                      <Badge tone={referralTones[state]}>{say(`clearinghouse.referral.state.${state}`)}</Badge>
                    ),
                  },
                  {
                    id: 'lane',
                    header: say('clearinghouse.column.lane'),
                    cell: ({ lane }) => <Badge tone={laneTones[lane]}>{say(`clearinghouse.lane.short.${lane}`)}</Badge>,
                  },
                  {
                    id: 'authority',
                    header: say('clearinghouse.referral.authority'),
                    cell: ({ authorityId }) => nameOf(authorityId),
                  },
                  { id: 'country', header: say('common.map.country'), cell: (row) => country(row.country) },
                  {
                    id: 'reports',
                    header: say('clearinghouse.bundle.members'),
                    align: 'end',
                    cell: ({ reports }) => number(reports),
                  },
                  {
                    id: 'made',
                    header: say('clearinghouse.referral.made'),
                    cell: ({ madeAt }) => <Time at={madeAt} />,
                  },
                  { id: 'receipt', header: say('clearinghouse.referral.receipt'), cell: ({ receipt }) => receipt },
                ]}
              />
              <MoreRows query={query} />
            </>
          );
        }}
      </Answer>
    </>
  );
};
