import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Badge, useColumns } from '../design/index.js';
import { matchStates, matchTones } from './match-states.js';
import { type MatchRow, readMatches } from './queries.js';
import { QueuePage } from './queue-page.js';
import { StateFilter } from './state-filter.js';

const route = getRouteApi('/desk/platform/matches');

/** What was found, one row a match; the filter stands in the address. */
export const MatchesScreen = () => {
  const { say, number } = useTongue();
  const { state, account } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useColumns<MatchRow>();
  return (
    <QueuePage<MatchRow>
      of="matches"
      filters={
        <StateFilter
          value={state}
          onChange={(chosen) => void navigate({ search: (was) => ({ ...was, state: chosen }) })}
          states={matchStates.map((value) => ({ value, label: say(`platform.state.${value}`) }))}
        />
      }
      search={{ state, account }}
      read={readMatches({ state, account })}
      rowKey={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/desk/platform/matches/$match', params: { match: id } })}
      columns={[
        {
          id: 'state',
          header: say('platform.matches.state'),
          width: '9rem',
          cell: (row) => <Badge tone={matchTones[row.state]}>{say(`platform.state.${row.state}`)}</Badge>,
        },
        columns.moment('found', say('platform.match.found'), (row) => row.foundAt),
        columns.text('account', say('platform.match.account'), (row) => row.account),
        columns.text('name', say('platform.match.name'), (row) => row.name, '2fr'),
        columns.text('list', say('platform.match.list'), (row) => row.list),
        {
          id: 'distance',
          header: say('platform.match.distance'),
          width: '7rem',
          align: 'end',
          cell: (row) => (row.kind === 'exact' ? say('platform.match.exact') : number(row.distance)),
        },
      ]}
    />
  );
};
