import { useQuery } from '@tanstack/react-query';
import type { ApprovalRequestBody } from '@tutela/oversight/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Section, ShortCode, Time } from '../../design/index.js';
import { actionInWords, type Ending, endingOf, requestsQuery, wordsOf } from './requests.js';

const tones = { done: 'good', refused: 'alarm', withdrawn: 'neutral', expired: 'neutral' } as const;

const Became = ({ request, ending }: { readonly request: ApprovalRequestBody; readonly ending: Ending }) => {
  const { say } = useTongue();
  return <Badge tone={tones[ending]}>{say(`oversight.settled.${ending}`, { person: request.refusedBy ?? '' })}</Badge>;
};

/** What became of earlier requests: done, refused and why, taken back, or nobody came in time. */
export const SettledRequests = ({ open }: { readonly open: readonly ApprovalRequestBody[] }) => {
  const { say, sayIfKnown } = useTongue();
  const waiting = new Set(open.map(({ digest }) => digest));
  return (
    <Section title={say('oversight.settled.title')}>
      <Answer query={useQuery(requestsQuery('all'))}>
        {({ requests }) => {
          const settled = requests.filter(({ digest }) => !waiting.has(digest));
          if (settled.length === 0)
            return <EmptyState title={say('oversight.settled.none')}>{say('oversight.settled.none-why')}</EmptyState>;
          return (
            <DataTable
              caption={say('oversight.settled.caption', { count: settled.length })}
              rows={settled}
              rowKey={({ digest }) => digest}
              columns={[
                {
                  id: 'what',
                  header: say('oversight.approvals.member'),
                  cell: (request) => actionInWords(request, sayIfKnown),
                },
                { id: 'by', header: say('oversight.approvals.by'), cell: (request) => wordsOf(request).requestedBy },
                {
                  id: 'at',
                  header: say('oversight.settled.asked-at'),
                  cell: (request) => <Time at={wordsOf(request).requestedAt} />,
                },
                {
                  id: 'became',
                  header: say('oversight.settled.became'),
                  cell: (request) => <Became request={request} ending={endingOf(request)} />,
                },
                { id: 'why', header: say('common.confirm.reason'), cell: (request) => request.refusedBecause },
                {
                  id: 'digest',
                  header: 'SHA-256',
                  cell: ({ digest }) => <ShortCode code={digest} />,
                },
              ]}
            />
          );
        }}
      </Answer>
    </Section>
  );
};
