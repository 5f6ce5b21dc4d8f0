import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { KnownBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState, Section, Time } from '../../design/index.js';
import { knownQuery } from './queries.js';

/** Comparisons with lists of known files: what needs no look, because its digest is known already. */
export const KnownFiles = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, number } = useTongue();
  return (
    <Section
      title={say('investigator.known.title')}
      about={say('investigator.known.about')}
      actions={
        <Link to="/desk/investigator/cases/$case/matches" params={{ case: caseRef }}>
          {say('investigator.matches.title')}
        </Link>
      }
    >
      <Answer query={useQuery(knownQuery(caseRef))}>
        {({ runs, byAccount }) =>
          runs.length === 0 ? (
            <EmptyState title={say('investigator.known.none')}>
              {say('investigator.known.none-why')} <code>tutela service match {caseRef}</code>
            </EmptyState>
          ) : (
            <>
              <DataTable
                caption={say('investigator.known.caption')}
                rows={runs}
                rowKey={({ runId }) => runId}
                columns={[
                  { id: 'at', header: say('investigator.at'), cell: ({ ranAt }) => <Time at={ranAt} /> },
                  { id: 'list', header: say('investigator.known.list'), cell: ({ listName }) => listName },
                  {
                    id: 'entries',
                    header: say('investigator.known.entries'),
                    align: 'end',
                    cell: ({ entries }) => number(entries),
                  },
                  {
                    id: 'compared',
                    header: say('investigator.known.compared'),
                    align: 'end',
                    cell: ({ compared }) => number(compared),
                  },
                  {
                    id: 'refused',
                    header: say('investigator.known.refused'),
                    align: 'end',
                    cell: ({ refused }) => number(refused),
                  },
                  {
                    id: 'matched',
                    header: say('investigator.known.matched'),
                    align: 'end',
                    cell: ({ matched }) => number(matched),
                  },
                  {
                    id: 'near',
                    header: say('investigator.known.near'),
                    align: 'end',
                    cell: ({ near }) => number(near),
                  },
                  {
                    id: 'unseen',
                    header: say('investigator.known.unseen'),
                    align: 'end',
                    cell: ({ unseen }) => number(unseen),
                  },
                  { id: 'by', header: say('investigator.by'), cell: ({ ranBy }) => ranBy },
                ]}
              />
              {byAccount.length > 0 && <ByAccount rows={byAccount} />}
            </>
          )
        }
      </Answer>
    </Section>
  );
};

/** Exact and near stand apart; in the order of accounts, since possession alone ranks nobody. */
const ByAccount = ({ rows }: { readonly rows: KnownBody['byAccount'] }) => {
  const { say, number } = useTongue();
  return (
    <DataTable
      caption={say('investigator.known.by-account')}
      rows={rows}
      rowKey={({ account }) => account ?? ''}
      columns={[
        {
          id: 'account',
          header: say('investigator.account'),
          cell: ({ account }) => account ?? say('investigator.known.no-account'),
        },
        {
          id: 'exact',
          header: say('investigator.known.matched'),
          align: 'end',
          cell: ({ exact }) => number(exact),
        },
        { id: 'near', header: say('investigator.known.near'), align: 'end', cell: ({ near }) => number(near) },
        {
          id: 'in-archives',
          header: say('investigator.known.in-archives'),
          align: 'end',
          cell: ({ inArchives }) => number(inArchives),
        },
      ]}
    />
  );
};
