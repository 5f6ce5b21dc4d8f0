import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState, Page } from '../../design/index.js';
import { listsQuery } from './queries.js';

/** The lists of known fingerprints that this clearinghouse keeps. */
export const ListsScreen = () => {
  const { say, number } = useTongue();
  return (
    <Page title={say('clearinghouse.lists.title')} about={say('clearinghouse.lists.about')}>
      <Answer query={useQuery(listsQuery)}>
        {({ lists }) =>
          lists.length === 0 ? (
            <EmptyState title={say('clearinghouse.lists.none')}>
              {say('clearinghouse.lists.none-why')} <code>tutela hashlist open</code>
            </EmptyState>
          ) : (
            <DataTable
              caption={say('clearinghouse.lists.title')}
              rows={lists}
              rowKey={({ list }) => list}
              columns={[
                {
                  id: 'list',
                  header: say('clearinghouse.lists.name'),
                  cell: ({ list, title }) => (
                    <Link to="/desk/clearinghouse/lists/$list" params={{ list }} search={{}}>
                      {title}
                    </Link>
                  ),
                },
                {
                  id: 'listed',
                  header: say('clearinghouse.lists.listed'),
                  align: 'end',
                  cell: ({ listed }) => number(listed),
                },
                {
                  id: 'waiting',
                  header: say('clearinghouse.lists.waiting'),
                  align: 'end',
                  cell: ({ waiting }) => number(waiting),
                },
                {
                  id: 'members',
                  header: say('clearinghouse.lists.members'),
                  align: 'end',
                  cell: ({ members }) => number(members),
                },
                {
                  id: 'version',
                  header: say('clearinghouse.lists.version'),
                  align: 'end',
                  cell: ({ version }) => (version === null ? null : number(version)),
                },
              ]}
            />
          )
        }
      </Answer>
    </Page>
  );
};
