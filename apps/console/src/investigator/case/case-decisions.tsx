import { useInfiniteQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, MoreRows, Section, ShortCode, Time } from '../../design/index.js';
import { answerTones } from '../answer-tones.js';
import { decisionsQuery } from '../case-queries.js';

/** What the authorities were asked for, and the rule by which each answer was given. */
export const CaseDecisions = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, sayIfKnown, number } = useTongue();
  const query = useInfiniteQuery(decisionsQuery(caseRef));
  return (
    <Section title={say('investigator.case.tab-decisions')} about={say('investigator.decisions.about')}>
      <Answer query={query}>
        {({ pages }) => {
          const decisions = pages.flatMap((page) => page.decisions);
          if (decisions.length === 0)
            return (
              <EmptyState title={say('investigator.decisions.none')}>
                {say('investigator.decisions.none-why')}
              </EmptyState>
            );
          return (
            <>
              <DataTable
                caption={say('investigator.decisions.caption')}
                rows={decisions}
                rowKey={({ decisionId }) => decisionId}
                columns={[
                  { id: 'at', header: say('investigator.at'), cell: ({ decidedAt }) => <Time at={decidedAt} /> },
                  {
                    id: 'step',
                    header: say('investigator.decisions.step'),
                    cell: ({ step }) => say(`investigator.step.${step}`),
                  },
                  {
                    id: 'answer',
                    header: say('investigator.decisions.answer'),
                    cell: ({ answer }) => (
                      <Badge tone={answerTones[answer]}>{say(`investigator.answer.${answer}`)}</Badge>
                    ),
                  },
                  {
                    id: 'rule',
                    header: say('investigator.decisions.rule'),
                    cell: ({ rule }) => sayIfKnown(`investigator.rule.${rule}`) ?? <code>{rule}</code>,
                  },
                  {
                    id: 'objects',
                    header: say('investigator.decisions.objects'),
                    align: 'end',
                    cell: ({ objects }) => number(objects),
                  },
                  { id: 'group', header: say('investigator.decisions.group'), cell: ({ group }) => group },
                  {
                    id: 'authority',
                    header: say('investigator.authority'),
                    cell: ({ authorityId }) => (authorityId === null ? null : <ShortCode code={authorityId} />),
                  },
                  { id: 'by', header: say('investigator.by'), cell: ({ actor }) => actor },
                ]}
              />
              <MoreRows query={query} />
            </>
          );
        }}
      </Answer>
    </Section>
  );
};
