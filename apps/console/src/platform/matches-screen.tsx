import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Badge, EmptyState, Page, QueueTable, Select, Time } from '../design/index.js';
import { matchStates, matchTones } from './match-states.js';
import { type MatchRow, readMatches } from './queries.js';

const route = getRouteApi('/desk/platform/matches');

/** What was found, one row a match; the filter stands in the address. */
export const MatchesScreen = () => {
  const { say, number } = useTongue();
  const { state, account } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      height="full"
      title={say('platform.matches.title')}
      about={say('platform.matches.about')}
      actions={
        <Select
          label={say('platform.matches.state')}
          labelPlace="inside"
          value={state}
          onChange={(chosen) => void navigate({ search: (was) => ({ ...was, state: chosen }) })}
          options={matchStates.map((value) => ({ value, label: say(`platform.state.${value}`) }))}
        />
      }
    >
      <QueueTable<MatchRow>
        key={`${state} ${account ?? ''}`}
        label={say('platform.matches.title')}
        queryKey={['platform', 'matches', { state, account }]}
        read={readMatches({ state, account })}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/desk/platform/matches/$match', params: { match: id } })}
        empty={<EmptyState title={say('platform.matches.none')}>{say('platform.matches.none-why')}</EmptyState>}
        columns={[
          {
            id: 'state',
            header: say('platform.matches.state'),
            width: '9rem',
            cell: (row) => <Badge tone={matchTones[row.state]}>{say(`platform.state.${row.state}`)}</Badge>,
          },
          {
            id: 'found',
            header: say('platform.match.found'),
            width: '15rem',
            cell: (row) => <Time at={row.foundAt} />,
          },
          { id: 'account', header: say('platform.match.account'), cell: (row) => row.account },
          { id: 'name', header: say('platform.match.name'), width: '2fr', cell: (row) => row.name },
          { id: 'list', header: say('platform.match.list'), cell: (row) => row.list },
          {
            id: 'distance',
            header: say('platform.match.distance'),
            width: '7rem',
            align: 'end',
            cell: (row) => (row.kind === 'exact' ? say('platform.match.exact') : number(row.distance)),
          },
        ]}
      />
    </Page>
  );
};
