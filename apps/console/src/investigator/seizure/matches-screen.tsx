import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Badge, Select, type Tone } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { FilesTable } from './files-table.js';
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
      <FilesTable<MatchRow>
        caseRef={caseRef}
        of="matches"
        search={search}
        read={readMatches(caseRef, search)}
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
