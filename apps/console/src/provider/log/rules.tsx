import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Section, Time } from '../../design/index.js';
import { rulesQuery } from '../queries.js';

/** Ways of sharing addresses that follow from the configuration: no log of connections is needed for them. */
export const Rules = () => {
  const { say, number } = useTongue();
  const query = useQuery(rulesQuery);
  return (
    <Section title={say('provider.log.rules')} about={say('provider.rule.about')}>
      <Answer query={query}>
        {({ rules }) =>
          rules.length === 0 ? (
            <EmptyState title={say('provider.rule.none')}>{say('provider.rule.none-why')}</EmptyState>
          ) : (
            <DataTable
              caption={say('common.table-of', { what: say('provider.log.rules') })}
              rows={rules}
              rowKey={({ ruleId }) => ruleId}
              columns={[
                { id: 'nat', header: say('provider.rule.nat'), cell: (row) => row.natInstance },
                { id: 'kind', header: say('provider.rule.kind'), cell: (row) => <code>{row.kind}</code> },
                { id: 'from', header: say('provider.question.from'), cell: (row) => <Time at={row.from} /> },
                { id: 'to', header: say('provider.question.to'), cell: (row) => <Time at={row.to} /> },
                {
                  id: 'vectors',
                  header: say('provider.rule.vectors'),
                  align: 'end',
                  cell: (row) => number(row.vectors),
                },
                {
                  id: 'state',
                  header: say('provider.rule.enabled'),
                  cell: ({ enabledAt }) =>
                    enabledAt === null ? (
                      <Badge tone="waiting">{say('provider.rule.waiting')}</Badge>
                    ) : (
                      <Time at={enabledAt} />
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
