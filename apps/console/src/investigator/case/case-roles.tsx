import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CaseFileBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, DataTable, EmptyState, Section, Time, type Tone } from '../../design/index.js';
import { AskRoleDialog } from './ask-role-dialog.js';
import { EndRole } from './end-role.js';
import { type RoleRequest, type RoleRow, rolesQuery } from './role-queries.js';

export interface CaseRolesProps {
  readonly caseRef: string;
  /** Of whoever sits here. */
  readonly own: CaseFileBody['roles'];
}

/** Who may look at what the case holds, who could once, and who asks to. */
export const CaseRoles = ({ caseRef, own }: CaseRolesProps) => {
  const { say } = useTongue();
  const [asking, setAsking] = useState<'nothing' | 'ask'>('nothing');
  return (
    <Section
      title={say('investigator.roles.title')}
      about={say('investigator.roles.about')}
      actions={<Button onPress={() => setAsking('ask')}>{say('investigator.roles.ask')}</Button>}
    >
      <Answer query={useQuery(rolesQuery(caseRef))}>
        {({ roles, requests }) =>
          roles.length + requests.length === 0 ? (
            <EmptyState title={say('investigator.roles.none')}>{say('investigator.roles.none-why')}</EmptyState>
          ) : (
            <RoleTable caseRef={caseRef} own={own} lines={linesOf(requests, roles)} />
          )
        }
      </Answer>
      {asking === 'ask' && <AskRoleDialog caseRef={caseRef} onClose={() => setAsking('nothing')} />}
    </Section>
  );
};

interface RoleLine extends Pick<RoleRow, 'person' | 'role'> {
  readonly id: string;
  readonly state: 'asked' | 'held' | 'ended';
  readonly at: string;
  readonly by: string;
}

/** What waits, what stands, what ended. */
const linesOf = (requests: readonly RoleRequest[], roles: readonly RoleRow[]): readonly RoleLine[] => {
  const asked = requests.map(({ digest, person, role, requestedAt, requestedBy }) => {
    return { id: digest, person, role, state: 'asked' as const, at: requestedAt, by: requestedBy };
  });
  const had = roles.map(({ person, role, grantedAt, grantedBy, endedAt, endedBy }) => {
    const id = `${person} ${role} ${grantedAt}`;
    return endedAt === null
      ? { id, person, role, state: 'held' as const, at: grantedAt, by: grantedBy }
      : { id, person, role, state: 'ended' as const, at: endedAt, by: endedBy ?? '' };
  });
  return [...asked, ...had.filter(({ state }) => state === 'held'), ...had.filter(({ state }) => state === 'ended')];
};

const tones: Readonly<Record<RoleLine['state'], Tone>> = { asked: 'waiting', held: 'good', ended: 'neutral' };

const RoleTable = ({ caseRef, own, lines }: CaseRolesProps & { readonly lines: readonly RoleLine[] }) => {
  const { say } = useTongue();
  return (
    <DataTable
      caption={say('investigator.roles.caption')}
      rows={lines}
      rowKey={({ id }) => id}
      columns={[
        { id: 'person', header: say('investigator.roles.person'), cell: ({ person }) => person },
        { id: 'role', header: say('investigator.roles.role'), cell: ({ role }) => say(`investigator.role.${role}`) },
        {
          id: 'state',
          header: say('investigator.roles.state'),
          cell: ({ state }) => <Badge tone={tones[state]}>{say(`investigator.roles.state-${state}`)}</Badge>,
        },
        { id: 'at', header: say('investigator.roles.since'), cell: ({ at }) => <Time at={at} /> },
        { id: 'by', header: say('investigator.roles.by'), cell: ({ by }) => by },
        {
          id: 'act',
          header: say('investigator.roles.act'),
          cell: ({ state, person, role }) => {
            if (state === 'asked')
              return <Link to="/desk/oversight/approvals">{say('investigator.roles.to-approvals')}</Link>;
            return state === 'held' ? <EndRole caseRef={caseRef} own={own} person={person} role={role} /> : null;
          },
        },
      ]}
    />
  );
};
