import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Badge, Field, Select, useColumns } from '../design/index.js';
import { matchTones } from './match-states.js';
import { listsQuery } from './queries.js';
import { QueuePage } from './queue-page.js';
import { readStacks, type StackBody } from './stack-queries.js';
import { type StackSearch, stackStates } from './stack-search.js';
import { StateFilter } from './state-filter.js';

const route = getRouteApi('/desk/platform/stacks');

/** What waits, one row for all that is the same: it is looked at once at most, and decided once. */
export const StacksScreen = () => {
  const { say } = useTongue();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useColumns<StackBody>();
  return (
    <QueuePage<StackBody>
      of="stacks"
      filters={<StackFilters search={search} />}
      search={search}
      read={readStacks(search)}
      rowKey={({ stackId }) => stackId}
      onOpen={({ stackId }) =>
        void navigate({ to: '/desk/platform/stacks/$stack', params: { stack: stackId }, search })
      }
      columns={[
        {
          id: 'kind',
          header: say('platform.stack.kind'),
          width: '8rem',
          cell: ({ kind }) => (
            <Badge tone={kind === 'exact' ? 'accent' : 'neutral'}>{say(`platform.kind.${kind}`)}</Badge>
          ),
        },
        columns.text('list', say('platform.match.list'), ({ list }) => list),
        columns.count('waiting', say('platform.stack.waiting'), ({ waiting }) => waiting),
        columns.count('members', say('platform.stack.members'), ({ members }) => members),
        columns.count('accounts', say('platform.stack.accounts'), ({ accounts }) => accounts),
        columns.count('views', say('platform.stack.views'), ({ views }) => views),
        columns.moment('found', say('platform.stack.last-found'), ({ lastFoundAt }) => lastFoundAt),
        {
          id: 'earlier',
          header: say('platform.stack.earlier'),
          width: '9.5rem',
          cell: ({ earlier }) =>
            earlier === null ? (
              '—'
            ) : (
              <Badge tone={matchTones[earlier.decision]}>{say(`platform.state.${earlier.decision}`)}</Badge>
            ),
        },
      ]}
    />
  );
};

const StackFilters = ({ search }: { readonly search: StackSearch }) => {
  const { say } = useTongue();
  const navigate = route.useNavigate();
  const { data } = useQuery(listsQuery);
  const names = [...new Set([...(data?.lists.map(({ name }) => name) ?? []), ...(search.list ? [search.list] : [])])];
  const set = (part: { readonly [Name in keyof StackSearch]?: StackSearch[Name] | undefined }) => {
    const { state, ...others } = { ...search, ...part };
    const kept = Object.entries(others).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ search: { state: state ?? 'waiting', ...Object.fromEntries(kept) }, replace: true });
  };
  return (
    <>
      <StateFilter
        value={search.state}
        onChange={(state) => set({ state })}
        states={stackStates.map((value) => ({ value, label: say(`platform.stacks.state.${value}`) }))}
      />
      <Select
        label={say('platform.stack.kind')}
        labelPlace="inside"
        value={search.kind ?? 'any'}
        onChange={(kind) => set({ kind: kind === 'any' ? undefined : kind })}
        options={(['any', 'exact', 'near'] as const).map((value) => ({ value, label: say(`platform.kind.${value}`) }))}
      />
      <Select
        label={say('platform.match.list')}
        labelPlace="inside"
        value={search.list ?? ''}
        onChange={(list) => set({ list })}
        options={[{ value: '', label: say('platform.kind.any') }, ...names.map((value) => ({ value, label: value }))]}
      />
      <Field
        label={say('platform.match.account')}
        labelPlace="inside"
        type="search"
        value={search.account ?? ''}
        onChange={(account) => set({ account })}
      />
    </>
  );
};
