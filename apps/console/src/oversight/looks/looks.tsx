import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Looks as LooksBody } from '@tutela/exposure/api';
import { read } from '../../app/api.js';
import { useTongue } from '../../app/tongue.js';
import { Button, DataTable, EmptyState, FailedState, Loading, Time } from '../../design/index.js';
import { LooksFilter } from './looks-filter.js';

const route = getRouteApi('/desk/oversight/looks');

/** Every original that was shown, newest first, page by page. */
export const Looks = () => {
  const { say, number } = useTongue();
  const { desk, person, subject } = route.useSearch();
  const query = useInfiniteQuery({
    queryKey: ['oversight', 'looks', { desk, person, subject }],
    queryFn: ({ pageParam, signal }) =>
      read<LooksBody>('/exposure/looks', { query: { desk, person, subject, before: pageParam, limit: 100 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const looks = query.data?.pages.flatMap((page) => page.looks);
  return (
    <>
      <LooksFilter />
      {query.error !== null && <FailedState problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {looks?.length === 0 && (
        <EmptyState title={say('oversight.looks.none')}>{say('oversight.looks.none-why')}</EmptyState>
      )}
      {looks !== undefined && looks.length > 0 && (
        <DataTable
          caption={say('oversight.looks.looks')}
          rows={looks}
          rowKey={({ revealId }) => revealId}
          columns={[
            { id: 'at', header: say('oversight.events.at'), cell: ({ startedAt }) => <Time at={startedAt} /> },
            { id: 'person', header: say('oversight.people.pseudonym'), cell: (row) => row.person },
            { id: 'desk', header: say('oversight.looks.desk'), cell: (row) => say(`${row.desk}.desk`) },
            { id: 'subject', header: say('oversight.looks.subject'), cell: (row) => row.subject },
            { id: 'form', header: say('oversight.looks.form'), cell: (row) => say(`oversight.form.${row.form}`) },
            {
              id: 'seconds',
              header: say('oversight.looks.seconds'),
              align: 'end',
              cell: ({ seconds }) => (seconds === null ? say('oversight.looks.open') : number(seconds)),
            },
            { id: 'reason', header: say('common.confirm.reason'), cell: (row) => row.reason },
          ]}
        />
      )}
      {query.hasNextPage && (
        <Button state={query.isFetchingNextPage ? 'busy' : 'ready'} onPress={() => void query.fetchNextPage()}>
          {say('oversight.looks.more')}
        </Button>
      )}
    </>
  );
};
