import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Section } from '../../design/index.js';
import { personsQuery } from '../case-queries.js';

/** Whom the reports name: accounts, which are not yet people. */
export const CasePersons = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, number } = useTongue();
  const query = useQuery(personsQuery(caseRef));
  return (
    <Section title={say('investigator.case.tab-persons')} about={say('investigator.persons.about')}>
      <Answer query={query}>
        {({ persons }) =>
          persons.length === 0 ? (
            <EmptyState title={say('investigator.persons.none')}>{say('investigator.persons.none-why')}</EmptyState>
          ) : (
            <DataTable
              caption={say('investigator.persons.caption')}
              rows={persons}
              rowKey={({ reportId, ordinal }) => `${reportId} ${ordinal}`}
              columns={[
                {
                  id: 'role',
                  header: say('investigator.persons.role'),
                  cell: ({ role }) => (
                    <Badge tone={role === 'reported' ? 'accent' : 'neutral'}>
                      {say(`investigator.person.${role}`)}
                    </Badge>
                  ),
                },
                { id: 'name', header: say('investigator.persons.screen-name'), cell: ({ screenName }) => screenName },
                { id: 'id', header: say('investigator.persons.user-id'), cell: ({ espUserId }) => espUserId },
                { id: 'esp', header: say('investigator.reports.provider'), cell: ({ espName }) => espName },
                {
                  id: 'addresses',
                  header: say('investigator.persons.addresses'),
                  align: 'end',
                  cell: ({ addresses }) => number(addresses),
                },
                { id: 'report', header: say('investigator.reports.number'), cell: ({ reportNumber }) => reportNumber },
              ]}
            />
          )
        }
      </Answer>
    </Section>
  );
};
