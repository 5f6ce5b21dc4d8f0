import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Badge, EmptyState, QueueTable, Select, type Tone } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { type MatchRow, readMatches } from './queries.js';
import { readMatchesSearch } from './searches.js';

const route = getRouteApi('/desk/investigator/cases/$case/matches');

/** A lead is no alarm yet. */
export const matchTones: Readonly<Record<MatchRow['kind'], Tone>> = { exact: 'alarm', near: 'waiting' };

/** Files of the newest comparison that match the list: exactly, or nearly, which is a lead. */
export const MatchesScreen = () => {
  const { say, number } = useTongue();
  const { case: caseRef } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <CasePage
      caseRef={caseRef}
      height="full"
      title={say('investigator.matches.title')}
      about={say('investigator.matches.about')}
      actions={
        <Select
          label={say('investigator.matches.kind')}
          labelPlace="inside"
          value={search.kind ?? 'any'}
          onChange={(kind) => void navigate({ search: () => readMatchesSearch({ kind }) })}
          options={[
            { value: 'any', label: say('investigator.any') },
            ...(['exact', 'near'] as const).map((value) => ({ value, label: say(`investigator.matches.${value}`) })),
          ]}
        />
      }
    >
      <QueueTable<MatchRow>
        key={JSON.stringify([caseRef, search])}
        label={say('investigator.matches.title')}
        queryKey={['investigator', 'matches', caseRef, search]}
        read={readMatches(caseRef, search)}
        rowKey={({ itemId }) => String(itemId)}
        onOpen={({ itemId }) =>
          void navigate({
            to: '/desk/investigator/cases/$case/items/$item',
            params: { case: caseRef, item: String(itemId) },
            search: {},
          })
        }
        empty={<EmptyState title={say('investigator.matches.none')}>{say('investigator.matches.none-why')}</EmptyState>}
        columns={[
          {
            id: 'kind',
            header: say('investigator.matches.kind'),
            width: '12rem',
            cell: ({ kind }) => <Badge tone={matchTones[kind]}>{say(`investigator.matches.${kind}`)}</Badge>,
          },
          {
            id: 'distance',
            header: say('investigator.matches.distance'),
            width: '9rem',
            align: 'end',
            cell: ({ distance }) => (distance === null ? '' : number(distance)),
          },
          {
            id: 'entry',
            header: say('investigator.matches.entry'),
            width: '2fr',
            cell: ({ listName, line }) =>
              line === null ? listName : say('investigator.matches.entry-at', { list: listName, line: number(line) }),
          },
          {
            id: 'account',
            header: say('investigator.account'),
            width: '1fr',
            cell: ({ account }) => account ?? say('investigator.known.no-account'),
          },
          {
            id: 'path',
            header: say('investigator.item.path'),
            width: '3fr',
            cell: ({ path }) => path ?? say('investigator.item.no-path'),
          },
        ]}
      />
    </CasePage>
  );
};
