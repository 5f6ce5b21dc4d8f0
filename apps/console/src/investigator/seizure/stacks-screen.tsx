import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Badge, EmptyState, QueueTable, Select, type Tone } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { readStacks, type StackRow } from './queries.js';
import { readStacksSearch } from './searches.js';

const route = getRouteApi('/desk/investigator/cases/$case/stacks');

/** A lead is no alarm yet. */
const stackTones: Readonly<Record<StackRow['known'], Tone>> = {
  known: 'alarm',
  near: 'waiting',
  'not-known': 'neutral',
};

/** Pictures and videos, one line for what looks alike: equal bytes are decided on once, look-alikes each by itself. */
export const StacksScreen = () => {
  const { say, number, bytes } = useTongue();
  const { case: caseRef } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const any = { value: 'any', label: say('investigator.any') };
  const change = (part: Readonly<Record<string, unknown>>) =>
    void navigate({ search: (was) => readStacksSearch({ ...was, ...part }) });
  return (
    <CasePage
      caseRef={caseRef}
      height="full"
      title={say('investigator.stacks.title')}
      about={say('investigator.stacks.about')}
      actions={
        <>
          <Select
            label={say('investigator.item.class')}
            labelPlace="inside"
            value={search.class ?? 'any'}
            onChange={(chosen) => change({ class: chosen })}
            options={[
              any,
              ...(['picture', 'video'] as const).map((value) => ({ value, label: say(`investigator.class.${value}`) })),
            ]}
          />
          <Select
            label={say('investigator.stacks.kind')}
            labelPlace="inside"
            value={search.kind ?? 'any'}
            onChange={(kind) => change({ kind })}
            options={[
              any,
              ...(['near', 'exact'] as const).map((value) => ({ value, label: say(`investigator.stacks.${value}`) })),
            ]}
          />
          <Select
            label={say('investigator.stacks.least')}
            labelPlace="inside"
            value={String(search.least ?? 2)}
            onChange={(least) => change({ least })}
            options={['1', '2', '5', '20'].map((value) => ({ value, label: number(Number(value)) }))}
          />
        </>
      }
    >
      <QueueTable<StackRow>
        key={JSON.stringify([caseRef, search])}
        label={say('investigator.stacks.title')}
        queryKey={['investigator', 'stacks', caseRef, search]}
        read={readStacks(caseRef, search)}
        rowKey={({ sha256 }) => sha256}
        onOpen={({ firstItemId, lookAlikes, sha256 }) =>
          void (lookAlikes > 0
            ? navigate({
                to: '/desk/investigator/cases/$case/items',
                params: { case: caseRef },
                search: { stack: sha256 },
              })
            : navigate({
                to: '/desk/investigator/cases/$case/items/$item',
                params: { case: caseRef, item: String(firstItemId) },
                search: {},
              }))
        }
        empty={<EmptyState title={say('investigator.stacks.none')}>{say('investigator.stacks.none-why')}</EmptyState>}
        columns={[
          {
            id: 'known',
            header: say('investigator.known.title'),
            width: '10.5rem',
            cell: ({ known }) => <Badge tone={stackTones[known]}>{say(`investigator.stack.${known}`)}</Badge>,
          },
          {
            id: 'copies',
            header: say('investigator.stacks.copies'),
            width: '5rem',
            align: 'end',
            cell: ({ copies }) => number(copies),
          },
          {
            id: 'look-alikes',
            header: say('investigator.stacks.look-alikes'),
            width: '6.5rem',
            align: 'end',
            cell: ({ lookAlikes }) => number(lookAlikes),
          },
          {
            id: 'accounts',
            header: say('investigator.accounts.title'),
            width: '6rem',
            align: 'end',
            cell: ({ accounts }) => number(accounts),
          },
          { id: 'type', header: say('investigator.item.media-type'), width: '1fr', cell: ({ mediaType }) => mediaType },
          {
            id: 'size',
            header: say('investigator.size'),
            width: '6rem',
            align: 'end',
            cell: ({ size }) => bytes(size),
          },
          { id: 'sha', header: 'SHA-256', width: '8rem', cell: ({ sha256 }) => <code>{sha256.slice(0, 10)}…</code> },
        ]}
      />
    </CasePage>
  );
};
