import { useQuery } from '@tanstack/react-query';
import type { ScopeCheckBody } from '@tutela/provider-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, Section, Time } from '../../design/index.js';
import { scopeQuery } from '../queries.js';

/** An order may hold thousands of questions; those outside of it come first, and so many are drawn. */
const mostShown = 300;

type Question = ScopeCheckBody['questions'][number];

/** Question by question: whether the order covers it, and whether there is a log to answer from. Nothing is looked up. */
export const ScopeCheck = ({ id }: { readonly id: string }) => {
  const { say, sayIfKnown, number } = useTongue();
  const query = useQuery(scopeQuery(id));
  const clock = ({ clockErrorSeconds }: Question) =>
    clockErrorSeconds === 'unknown' ? (
      <Badge tone="waiting">{say('provider.question.clock-unknown')}</Badge>
    ) : (
      `± ${number(clockErrorSeconds)} s`
    );
  return (
    <Section title={say('provider.scope.title')} about={say('provider.scope.about')}>
      <Answer query={query}>
        {({ covered, questions }) => (
          <>
            <p>{say('provider.scope.covered', { covered, total: questions.length })}</p>
            {questions.length > mostShown && <p>{say('provider.scope.first', { shown: mostShown })}</p>}
            <DataTable
              caption={say('common.table-of', { what: say('provider.scope.title') })}
              rows={questions
                .toSorted((one, other) => Number(one.scope === 'covered') - Number(other.scope === 'covered'))
                .slice(0, mostShown)}
              rowKey={({ ordinal }) => `${ordinal}`}
              columns={[
                {
                  id: 'n',
                  header: say('provider.question.number'),
                  align: 'end',
                  cell: (row) => number(row.ordinal + 1),
                },
                {
                  id: 'scope',
                  header: say('provider.question.scope'),
                  cell: (row) => (
                    <Badge tone={row.scope === 'covered' ? 'good' : 'alarm'}>
                      {row.reason === null
                        ? say('provider.scope.yes')
                        : (sayIfKnown(`provider.reason.${row.reason}`) ?? row.reason)}
                    </Badge>
                  ),
                },
                {
                  id: 'address',
                  header: say('provider.question.address'),
                  cell: (row) => <code>{row.ip}</code>,
                },
                {
                  id: 'port',
                  header: say('provider.question.port'),
                  cell: (row) =>
                    row.port === null ? (
                      <Badge tone="waiting">{say('provider.question.no-port')}</Badge>
                    ) : (
                      `${row.port} ${row.protocol ?? ''}`
                    ),
                },
                { id: 'from', header: say('provider.question.from'), cell: (row) => <Time at={row.from} /> },
                { id: 'clock', header: say('provider.question.clock'), cell: clock },
                {
                  id: 'log',
                  header: say('provider.question.log'),
                  cell: (row) =>
                    row.segments === 0 ? (
                      <Badge tone="alarm">{say('provider.question.no-log')}</Badge>
                    ) : (
                      say('provider.question.segments', { segments: row.segments, gaps: row.gaps })
                    ),
                },
              ]}
            />
          </>
        )}
      </Answer>
    </Section>
  );
};
