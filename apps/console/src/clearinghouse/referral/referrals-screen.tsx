import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Page, Tabs } from '../../design/index.js';
import { Awaiting } from './awaiting.js';
import { Nowhere } from './nowhere.js';
import { SentReferrals } from './sent-referrals.js';

const route = getRouteApi('/desk/clearinghouse/referrals');

/** What went to which authority, what went nowhere, and what somebody owes an answer to. */
export const ReferralsScreen = () => {
  const { say } = useTongue();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={say('clearinghouse.referrals.title')} about={say('clearinghouse.referrals.about')}>
      <Tabs
        label={say('clearinghouse.referrals.title')}
        selected={search.view ?? 'sent'}
        onSelect={(view) => void navigate({ search: (was) => ({ ...was, view }) })}
        tabs={[
          {
            id: 'sent',
            title: say('clearinghouse.referrals.sent'),
            content: <SentReferrals search={search} onChange={(next) => void navigate({ search: next })} />,
          },
          {
            id: 'nowhere',
            title: say('clearinghouse.referrals.nowhere'),
            content: <Nowhere country={search.country} />,
          },
          { id: 'awaiting', title: say('clearinghouse.referrals.awaiting'), content: <Awaiting /> },
        ]}
      />
    </Page>
  );
};
