import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Section } from '../../design/index.js';
import { sourcesQuery } from '../queries.js';

/** What was declared of each exporter: it decides how exact an answer can be. */
export const Sources = () => {
  const { say, sayIfKnown, number, list } = useTongue();
  const query = useQuery(sourcesQuery);
  return (
    <Section title={say('provider.log.sources')} about={say('provider.source.about')}>
      <Answer query={query}>
        {({ sources }) =>
          sources.length === 0 ? (
            <EmptyState title={say('provider.source.none')}>{say('provider.source.none-why')}</EmptyState>
          ) : (
            <DataTable
              caption={say('common.table-of', { what: say('provider.log.sources') })}
              rows={sources}
              rowKey={({ exporter }) => exporter}
              columns={[
                { id: 'exporter', header: say('provider.source.exporter'), cell: (row) => row.exporter },
                { id: 'format', header: say('provider.source.format'), cell: (row) => <code>{row.format}</code> },
                {
                  id: 'role',
                  header: say('provider.source.role'),
                  cell: (row) => sayIfKnown(`provider.role.${row.role}`) ?? row.role,
                },
                { id: 'pools', header: say('provider.source.pools'), cell: (row) => list(row.pools) || null },
                { id: 'zone', header: say('provider.source.zone'), cell: (row) => row.zone },
                {
                  id: 'clock',
                  header: say('provider.question.clock'),
                  cell: ({ clockErrorSeconds: error }) =>
                    error === 'unknown' ? (
                      <Badge tone="waiting">{say('provider.question.clock-unknown')}</Badge>
                    ) : (
                      `± ${number(error)} s`
                    ),
                },
                {
                  id: 'evidence',
                  header: say('provider.source.evidence'),
                  cell: (row) => sayIfKnown(`provider.evidence.${row.evidence}`) ?? row.evidence,
                },
                {
                  id: 'days',
                  header: say('provider.source.retention'),
                  align: 'end',
                  cell: (row) => number(row.retentionDays),
                },
              ]}
            />
          )
        }
      </Answer>
    </Section>
  );
};
