import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState, Time } from '../../design/index.js';
import { rolesQuery } from '../queries.js';

/** Who has which role in which case, given by whom. */
export const Roles = () => {
  const { say } = useTongue();
  const query = useQuery(rolesQuery);
  return (
    <Answer query={query}>
      {({ roles }) =>
        roles.length === 0 ? (
          <EmptyState title={say('oversight.roles.none')}>{say('oversight.roles.none-why')}</EmptyState>
        ) : (
          <DataTable
            caption={say('oversight.cases.roles')}
            rows={roles}
            rowKey={({ caseRef, person, role }) => `${caseRef} ${person} ${role}`}
            columns={[
              { id: 'case', header: say('oversight.approvals.case'), cell: ({ caseRef }) => caseRef },
              { id: 'person', header: say('oversight.people.pseudonym'), cell: ({ person }) => person },
              { id: 'role', header: say('oversight.roles.role'), cell: ({ role }) => say(`oversight.role.${role}`) },
              { id: 'at', header: say('oversight.roles.since'), cell: ({ grantedAt }) => <Time at={grantedAt} /> },
              { id: 'by', header: say('oversight.roles.by'), cell: ({ grantedBy }) => grantedBy },
            ]}
          />
        )
      }
    </Answer>
  );
};
