import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState, Section } from '../../design/index.js';
import { groupsQuery } from './queries.js';

/** Whom to ask, and what stands in the way of a good answer. */
export const ObservationGroups = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, number, list, country: nameOf } = useTongue();
  return (
    <Section title={say('investigator.groups.title')} about={say('investigator.groups.about')}>
      <Answer query={useQuery(groupsQuery(caseRef))}>
        {({ groups }) =>
          groups.length === 0 ? (
            <EmptyState title={say('investigator.groups.none')}>
              {say('investigator.groups.none-why')} <code>tutela order observations {caseRef}</code>
            </EmptyState>
          ) : (
            <DataTable
              caption={say('investigator.groups.caption')}
              rows={groups}
              rowKey={({ providerId, holder }) => `${providerId} ${holder}`}
              columns={[
                {
                  id: 'holder',
                  header: say('investigator.users.holder'),
                  cell: ({ holder, providerId }) => holder ?? providerId ?? say('investigator.users.holder-unknown'),
                },
                {
                  id: 'countries',
                  header: say('common.map.country'),
                  cell: ({ countries }) => list(countries.map(nameOf)) || say('common.map.unknown'),
                },
                {
                  id: 'observations',
                  header: say('investigator.groups.observations'),
                  align: 'end',
                  cell: ({ observations }) => number(observations),
                },
                {
                  id: 'addresses',
                  header: say('investigator.groups.addresses'),
                  align: 'end',
                  cell: (row) => number(row.addresses),
                },
                {
                  id: 'port',
                  header: say('investigator.grade.without-port'),
                  align: 'end',
                  cell: (row) => number(row.withoutPort),
                },
                {
                  id: 'clock',
                  header: say('investigator.grade.clock-unknown'),
                  align: 'end',
                  cell: (row) => number(row.clockUnknown),
                },
                {
                  id: 'confirm',
                  header: say('investigator.grade.unconfirmed'),
                  align: 'end',
                  cell: (row) => number(row.unconfirmed),
                },
                {
                  id: 'disputed',
                  header: say('investigator.users.disputed'),
                  align: 'end',
                  cell: (row) => number(row.disputed),
                },
                {
                  id: 'asked',
                  header: say('investigator.groups.asked'),
                  align: 'end',
                  cell: ({ asked }) => number(asked),
                },
                {
                  id: 'ask',
                  header: say('investigator.groups.next'),
                  cell: ({ providerId }) =>
                    providerId === undefined ? (
                      say('investigator.groups.no-provider')
                    ) : (
                      <Link
                        to="/desk/investigator/cases/$case/ask/$provider"
                        params={{ case: caseRef, provider: providerId }}
                      >
                        {say('investigator.groups.ask')}
                      </Link>
                    ),
                },
              ]}
            />
          )
        }
      </Answer>
    </Section>
  );
};
