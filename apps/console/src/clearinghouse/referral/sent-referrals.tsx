import { useNavigate } from '@tanstack/react-router';
import type { ListedReferral } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { EmptyState, QueueTable } from '../../design/index.js';
import { readReferrals } from './queries.js';
import { useReferralColumns } from './referral-columns.js';
import { ReferralFilters } from './referral-filters.js';
import type { ReferralsSearch } from './referrals-search.js';

/** What went to authorities, the most urgent first unless the newest is asked for. */
export const SentReferrals = ({
  search,
  onChange,
}: {
  readonly search: ReferralsSearch;
  readonly onChange: (search: ReferralsSearch) => void;
}) => {
  const { say } = useTongue();
  const navigate = useNavigate();
  const columns = useReferralColumns(search);
  return (
    <>
      <ReferralFilters search={search} onChange={onChange} />
      <div className="queue-place">
        <QueueTable<ListedReferral>
          key={JSON.stringify(search)}
          label={say('clearinghouse.referrals.title')}
          queryKey={['clearinghouse', 'referrals', search]}
          read={readReferrals(search)}
          rowKey={({ referralId }) => referralId}
          onOpen={({ referralId }) =>
            void navigate({ to: '/desk/clearinghouse/referrals/$referral', params: { referral: referralId } })
          }
          columns={columns}
          empty={
            <EmptyState title={say('clearinghouse.referrals.none')}>
              {say('clearinghouse.referrals.none-why')}
            </EmptyState>
          }
        />
      </div>
    </>
  );
};
