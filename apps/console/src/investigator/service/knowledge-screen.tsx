import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, EmptyState, Facts, QueueTable, Section, Select, Time } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { knowledgeKinds, knowledgeTones, readKnowledgeSearch } from './knowledge-kinds.js';
import { KnowledgePlot } from './knowledge-plot.js';
import { type KnowledgeRow, knowledgeSummaryQuery, readKnowledge } from './queries.js';

const route = getRouteApi('/desk/investigator/cases/$case/knowledge');

/** What the seized service knew and did, in the order of time, each line with the file and line it stands on. */
export const KnowledgeScreen = () => {
  const { say, number } = useTongue();
  const { case: caseRef } = route.useParams();
  return (
    <CasePage caseRef={caseRef} title={say('investigator.knowledge.title')} about={say('investigator.knowledge.about')}>
      <Section title={say('investigator.knowledge.summary')}>
        <Answer query={useQuery(knowledgeSummaryQuery(caseRef))}>
          {({ notices, revenue, records }) => (
            <>
              <Facts
                facts={[
                  { name: say('investigator.knowledge.received'), value: number(notices.received) },
                  { name: say('investigator.knowledge.answered'), value: number(notices.answered) },
                  {
                    name: say('investigator.knowledge.unanswered'),
                    value: number(Math.max(0, notices.received - notices.answered)),
                  },
                  { name: say('investigator.knowledge.takedowns'), value: number(notices.takedowns) },
                  { name: say('investigator.knowledge.staff'), value: number(notices.staffAccesses) },
                  { name: say('investigator.knowledge.read'), value: number(records.imported) },
                  { name: say('investigator.knowledge.bad'), value: number(records.bad) },
                  { name: say('investigator.knowledge.refused'), value: number(records.refused) },
                ]}
              />
              {revenue.length > 0 && <KnowledgePlot revenue={revenue} />}
            </>
          )}
        </Answer>
      </Section>
      <KnowledgeList caseRef={caseRef} />
    </CasePage>
  );
};

const KnowledgeList = ({ caseRef }: { readonly caseRef: string }) => {
  const { say } = useTongue();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const any = { value: 'any' as const, label: say('investigator.any') };
  return (
    <Section
      title={say('investigator.knowledge.lines')}
      actions={
        <>
          <Select
            label={say('investigator.what')}
            labelPlace="inside"
            value={search.kind ?? 'any'}
            onChange={(kind) => void navigate({ search: (was) => readKnowledgeSearch({ ...was, kind }) })}
            options={[
              any,
              ...knowledgeKinds.map((value) => ({ value, label: say(`investigator.knowledge.${value}`) })),
            ]}
          />
          {search.account !== undefined && (
            <Button
              kind="quiet"
              onPress={() => void navigate({ search: (was) => readKnowledgeSearch({ kind: was.kind }) })}
            >
              {say('investigator.only-account', { account: search.account })}
            </Button>
          )}
        </>
      }
    >
      <div className="queue-place">
        <QueueTable<KnowledgeRow>
          key={JSON.stringify([caseRef, search])}
          label={say('investigator.knowledge.lines')}
          queryKey={['investigator', 'knowledge', caseRef, search]}
          read={readKnowledge(caseRef, search)}
          rowKey={({ itemId, line, kind }) => `${itemId} ${line} ${kind}`}
          onOpen={({ itemId }) =>
            void navigate({
              to: '/desk/investigator/cases/$case/items/$item',
              params: { case: caseRef, item: String(itemId) },
              search: {},
            })
          }
          empty={
            <EmptyState title={say('investigator.knowledge.none')}>
              {say('investigator.users.none-why')} <code>tutela service import {caseRef}</code>
            </EmptyState>
          }
          columns={[
            { id: 'at', header: say('investigator.at'), width: '13rem', cell: ({ at }) => <Time at={at} /> },
            {
              id: 'kind',
              header: say('investigator.what'),
              width: '10rem',
              cell: ({ kind }) => <Badge tone={knowledgeTones[kind]}>{say(`investigator.knowledge.${kind}`)}</Badge>,
            },
            {
              id: 'said',
              header: say('investigator.knowledge.said'),
              width: '2fr',
              cell: ({ staff, what, reference }) =>
                [staff, what, reference].filter((part) => part !== null).join(' · '),
            },
            {
              id: 'account',
              header: say('investigator.account'),
              width: '9rem',
              cell: ({ account }) =>
                account === null ? null : (
                  <Link to="/desk/investigator/cases/$case/accounts/$account" params={{ case: caseRef, account }}>
                    {account}
                  </Link>
                ),
            },
            {
              id: 'amount',
              header: say('investigator.knowledge.amount'),
              width: '7rem',
              align: 'end',
              cell: ({ amount, currency }) => (amount === null ? null : `${amount} ${currency ?? ''}`),
            },
            {
              id: 'source',
              header: say('investigator.source-line'),
              width: '2fr',
              cell: ({ exhibit, path, line }) => say('investigator.line-of', { exhibit, path: path ?? '', line }),
            },
          ]}
        />
      </div>
    </Section>
  );
};
