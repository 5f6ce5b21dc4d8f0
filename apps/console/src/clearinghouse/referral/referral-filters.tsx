import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Select } from '../../design/index.js';
import { authoritiesQuery } from './queries.js';
import { type ReferralsSearch, readReferralsSearch, referralOrders, referralShows } from './referrals-search.js';

/** Order and filters; all of it stands in the address. */
export const ReferralFilters = ({
  search,
  onChange,
}: {
  readonly search: ReferralsSearch;
  readonly onChange: (search: ReferralsSearch) => void;
}) => {
  const { say, country } = useTongue();
  const { data } = useQuery(authoritiesQuery());
  const authorities = data?.authorities ?? [];
  const any = { value: 'any', label: say('clearinghouse.filter.any') };
  const set = (name: keyof ReferralsSearch) => (value: string) =>
    onChange(readReferralsSearch({ ...search, [name]: value === 'any' ? undefined : value }));
  return (
    <div className="filters">
      <Select
        label={say('clearinghouse.referrals.order')}
        labelPlace="inside"
        value={search.order ?? 'urgent'}
        onChange={set('order')}
        options={referralOrders.map((value) => ({ value, label: say(`clearinghouse.referrals.order.${value}`) }))}
      />
      <Select
        label={say('clearinghouse.filter.state')}
        labelPlace="inside"
        value={search.state ?? 'open'}
        onChange={set('state')}
        options={referralShows.map((value) => ({
          value,
          label:
            value === 'all'
              ? say('clearinghouse.filter.any')
              : say(value === 'open' ? 'clearinghouse.referrals.open' : `clearinghouse.referral.state.${value}`),
        }))}
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
  );
};
