import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState, Section, Time } from '../../design/index.js';
import { knownQuery } from './queries.js';

/** Comparisons with lists of known files: what needs no look, because its digest is known already. */
export const KnownFiles = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, number } = useTongue();
  return (
    <Section title={say('investigator.known.title')} about={say('investigator.known.about')}>
      <Answer query={useQuery(knownQuery(caseRef))}>
        {({ runs }) =>
          runs.length === 0 ? (
            <EmptyState title={say('investigator.known.none')}>
              {say('investigator.known.none-why')} <code>tutela service match {caseRef}</code>
            </EmptyState>
          ) : (
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
                { id: 'by', header: say('investigator.by'), cell: ({ ranBy }) => ranBy },
              ]}
            />
          )
        }
      </Answer>
    </Section>
  );
};
