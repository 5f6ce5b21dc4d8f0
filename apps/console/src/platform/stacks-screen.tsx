import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Badge, EmptyState, Field, Page, QueueTable, Select, Time } from '../design/index.js';
import { matchTones } from './match-states.js';
import { listsQuery } from './queries.js';
import { readStacks, type StackBody } from './stack-queries.js';
import { type StackSearch, stackStates } from './stack-search.js';

const route = getRouteApi('/desk/platform/stacks');

/** What waits, one row for all that is the same: it is looked at once at most, and decided once. */
export const StacksScreen = () => {
  const { say, number } = useTongue();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      height="full"
      title={say('platform.stacks.title')}
      about={say('platform.stacks.about')}
      actions={<StackFilters search={search} />}
    >
      <QueueTable<StackBody>
        key={JSON.stringify(search)}
        label={say('platform.stacks.title')}
        queryKey={['platform', 'stacks', search]}
        read={readStacks(search)}
        rowKey={({ stackId }) => stackId}
        onOpen={({ stackId }) =>
          void navigate({ to: '/desk/platform/stacks/$stack', params: { stack: stackId }, search })
        }
        empty={<EmptyState title={say('platform.stacks.none')}>{say('platform.stacks.none-why')}</EmptyState>}
        columns={[
          {
            id: 'kind',
            header: say('platform.stack.kind'),
            width: '8rem',
            cell: ({ kind }) => (
              <Badge tone={kind === 'exact' ? 'accent' : 'neutral'}>{say(`platform.kind.${kind}`)}</Badge>
            ),
          },
          { id: 'list', header: say('platform.match.list'), cell: ({ list }) => list },
          {
            id: 'waiting',
            header: say('platform.stack.waiting'),
            width: '5rem',
            align: 'end',
            cell: ({ waiting }) => number(waiting),
          },
          {
            id: 'members',
            header: say('platform.stack.members'),
            width: '6rem',
            align: 'end',
            cell: ({ members }) => number(members),
          },
          {
            id: 'accounts',
            header: say('platform.stack.accounts'),
            width: '6rem',
            align: 'end',
            cell: ({ accounts }) => number(accounts),
          },
          {
            id: 'views',
            header: say('platform.stack.views'),
            width: '5rem',
            align: 'end',
            cell: ({ views }) => number(views),
          },
          {
            id: 'found',
            header: say('platform.stack.last-found'),
            width: '14rem',
            cell: ({ lastFoundAt }) => <Time at={lastFoundAt} />,
          },
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
    </Page>
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
      <Select
        label={say('platform.matches.state')}
        labelPlace="inside"
        value={search.state}
        onChange={(state) => set({ state })}
        options={stackStates.map((value) => ({ value, label: say(`platform.stacks.state.${value}`) }))}
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
