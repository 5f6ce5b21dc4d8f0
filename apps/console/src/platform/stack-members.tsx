import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Answer, Badge, Button, DataTable, Section, Time } from '../design/index.js';
import { matchTones } from './match-states.js';
import { membersQuery } from './stack-queries.js';

/** The matches of a stack and why each lies there. */
export const StackMembers = ({ id }: { readonly id: string }) => {
  const { say } = useTongue();
  const query = useInfiniteQuery(membersQuery(id));
  return (
    <Section title={say('platform.stack.all')} about={say('platform.stack.all-about')}>
      <Answer query={query}>
        {({ pages }) => (
          <DataTable
            caption={say('common.table-of', { what: say('platform.stack.all') })}
            rows={pages.flatMap(({ members }) => members)}
            rowKey={({ match }) => match}
            columns={[
              {
                id: 'state',
                header: say('platform.matches.state'),
                cell: ({ decision }) => (
                  <Badge tone={matchTones[decision ?? 'waiting']}>
                    {say(`platform.state.${decision ?? 'waiting'}`)}
                  </Badge>
                ),
              },
              {
                id: 'name',
                header: say('platform.match.name'),
                cell: ({ match, name }) => (
                  <Link to="/desk/platform/matches/$match" params={{ match }}>
                    {name}
                  </Link>
                ),
              },
              {
                id: 'account',
                header: say('platform.match.account'),
                cell: ({ account }) => (
                  <Link to="/desk/platform/draft" search={{ account }}>
                    {account}
                  </Link>
                ),
              },
              {
                id: 'because',
                header: say('platform.stack.because'),
                cell: ({ because, distance }) =>
                  distance === null
                    ? say(`platform.because.${because}`)
                    : say('platform.because.looks-alike-by', { bits: distance }),
              },
              { id: 'found', header: say('platform.match.found'), cell: ({ foundAt }) => <Time at={foundAt} /> },
            ]}
          />
        )}
      </Answer>
      {query.hasNextPage && (
        <Button onPress={() => void query.fetchNextPage()} state={query.isFetchingNextPage ? 'busy' : 'ready'}>
          {say('platform.stack.more')}
        </Button>
      )}
    </Section>
  );
};
