import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Facts, Section, Time } from '../../design/index.js';
import { alertsQuery, listsQuery, membersQuery, versionsQuery } from './queries.js';

/** The list at a glance: how much stands on it, whether it is proven, who is behind, and who probes. */
export const ListHealth = ({ list }: { readonly list: string }) => {
  const { say, number } = useTongue();
  const members = useQuery(membersQuery).data?.members ?? [];
  const newest = useQuery(versionsQuery(list)).data?.versions[0];
  const probes = useQuery(alertsQuery).data?.alerts.filter((one) => one.list === list) ?? [];
  const receiving = members
    .flatMap(({ access }) => access)
    .filter((access) => access.list === list && access.state === 'open');
  const behind = receiving.filter(
    ({ lastWindowEnd }) => newest !== undefined && (lastWindowEnd === null || lastWindowEnd < newest.asOf),
  ).length;
  return (
    <Section title={say('clearinghouse.list.health')}>
      <Answer query={useQuery(listsQuery)}>
        {({ lists }) => {
          const own = lists.find((one) => one.list === list);
          return (
            <Facts
              facts={[
                { name: say('clearinghouse.lists.listed'), value: number(own?.listed ?? 0) },
                { name: say('clearinghouse.lists.waiting'), value: number(own?.waiting ?? 0) },
                {
                  name: say('clearinghouse.lists.version'),
                  value:
                    newest === undefined ? null : (
                      <>
                        {number(newest.version)}{' '}
                        <Badge tone={newest.proof === 'waiting' ? 'waiting' : 'good'}>
                          {say(`clearinghouse.list.proof.${newest.proof}`)}
                        </Badge>{' '}
                        <Time at={newest.asOf} />
                      </>
                    ),
                  form: 'wide',
                },
                {
                  name: say('clearinghouse.lists.members'),
                  value: (
                    <>
                      {number(receiving.length)}{' '}
                      {behind > 0 && <Badge tone="waiting">{say('clearinghouse.list.behind', { behind })}</Badge>}
                    </>
                  ),
                },
                {
                  name: say('clearinghouse.list.tab.alerts'),
                  value: number(probes.reduce((sum, one) => sum + one.count, 0)),
                },
              ]}
            />
          );
        }}
      </Answer>
    </Section>
  );
};
