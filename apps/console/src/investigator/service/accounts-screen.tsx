import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { EmptyState, QueueTable, Time } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { type AccountRow, readAccounts } from './queries.js';

const route = getRouteApi('/desk/investigator/cases/$case/accounts');

/** Accounts of the seized service, by name. No order by suspicion: possession alone ranks nobody. */
export const AccountsScreen = () => {
  const { say, number } = useTongue();
  const { case: caseRef } = route.useParams();
  const navigate = route.useNavigate();
  return (
    <CasePage
      caseRef={caseRef}
      height="full"
      title={say('investigator.accounts.title')}
      about={say('investigator.accounts.about')}
    >
      <QueueTable<AccountRow>
        key={caseRef}
        label={say('investigator.accounts.title')}
        queryKey={['investigator', 'accounts', caseRef]}
        read={readAccounts(caseRef)}
        rowKey={({ account }) => account}
        onOpen={({ account }) =>
          void navigate({ to: '/desk/investigator/cases/$case/accounts/$account', params: { case: caseRef, account } })
        }
        empty={
          <EmptyState title={say('investigator.accounts.none')}>
            {say('investigator.users.none-why')} <code>tutela service import {caseRef}</code>
          </EmptyState>
        }
        columns={[
          { id: 'account', header: say('investigator.account'), width: '8rem', cell: ({ account }) => account },
          {
            id: 'email',
            header: say('investigator.accounts.email'),
            cell: ({ email }) => <span title={email ?? ''}>{email}</span>,
          },
          { id: 'plan', header: say('investigator.accounts.plan'), width: '5.5rem', cell: ({ plan }) => plan },
          {
            id: 'registered',
            header: say('investigator.accounts.registered'),
            width: '13rem',
            cell: ({ registeredAt }) => <Time at={registeredAt} />,
          },
          {
            id: 'from',
            header: say('investigator.accounts.registered-from'),
            width: '10rem',
            cell: ({ registeredFrom }) => registeredFrom,
          },
          {
            id: 'accesses',
            header: say('investigator.users.accesses'),
            width: '5.5rem',
            align: 'end',
            cell: ({ accesses }) => number(accesses),
          },
          {
            id: 'files',
            header: say('investigator.files'),
            width: '4.5rem',
            align: 'end',
            cell: ({ files }) => number(files),
          },
        ]}
      />
    </CasePage>
  );
};
