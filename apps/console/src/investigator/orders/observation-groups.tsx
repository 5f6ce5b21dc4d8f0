import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { GroupsBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState, Section, useColumns } from '../../design/index.js';
import { groupsQuery } from './queries.js';

type Group = GroupsBody['groups'][number];

/** Whom to ask, and what stands in the way of a good answer. */
export const ObservationGroups = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, list, country: nameOf } = useTongue();
  const columns = useColumns<Group>();
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
                columns.count('observations', say('investigator.groups.observations'), (row) => row.observations),
                columns.count('addresses', say('investigator.groups.addresses'), (row) => row.addresses),
                columns.count('port', say('investigator.grade.without-port'), (row) => row.withoutPort),
                columns.count('clock', say('investigator.grade.clock-unknown'), (row) => row.clockUnknown),
                columns.count('confirm', say('investigator.grade.unconfirmed'), (row) => row.unconfirmed),
                columns.count('disputed', say('investigator.users.disputed'), (row) => row.disputed),
                columns.count('asked', say('investigator.groups.asked'), (row) => row.asked),
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
