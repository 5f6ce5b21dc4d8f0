import { useTongue } from '../../app/tongue.js';
import { Badge, DataTable, Section } from '../../design/index.js';
import { type ItemFacts, useFactWords } from './fact-words.js';

interface Judged {
  readonly priority: number;
  readonly completeness: number;
  readonly policyVersion: string;
  readonly facts: ItemFacts;
}

/** Both scores, fact by fact: what each counts for and at which place of the report it stands. */
export const Scores = ({ judged }: { readonly judged: Judged }) => {
  const { say, sayIfKnown, number } = useTongue();
  const words = useFactWords();
  const columns = {
    weight: { id: 'weight', header: say('clearinghouse.score.weight'), align: 'end' as const },
    place: { id: 'place', header: say('clearinghouse.score.place') },
  };
  return (
    <>
      <Section
        title={say('clearinghouse.score.of', {
          score: say('clearinghouse.triage.score.priority'),
          points: judged.priority,
        })}
        about={say('clearinghouse.score.priority-about', { version: judged.policyVersion })}
      >
        <DataTable
          caption={say('clearinghouse.score.found')}
          rows={judged.facts.priority}
          rowKey={({ id }) => id}
          columns={[
            {
              id: 'fact',
              header: say('clearinghouse.score.fact'),
              cell: ({ id, lane }) => (
                <>
                  {words.danger(id)}{' '}
                  {lane !== undefined && (
                    <Badge tone={lane === 'crisis' ? 'alarm' : 'accent'}>
                      {say(`clearinghouse.lane.short.${lane}`)}
                    </Badge>
                  )}
                </>
              ),
            },
            { ...columns.weight, cell: ({ weight }) => `+${number(weight)}` },
            { ...columns.place, cell: ({ path }) => <code>{path}</code> },
          ]}
        />
      </Section>
      <Section
        title={say('clearinghouse.score.of', {
          score: say('clearinghouse.triage.score.completeness'),
          points: judged.completeness,
        })}
        about={say('clearinghouse.score.completeness-about', { version: judged.policyVersion })}
      >
        <DataTable
          caption={say('clearinghouse.score.asked')}
          rows={judged.facts.completeness.filter(({ state }) => state !== 'not-applicable')}
          rowKey={({ id }) => id}
          columns={[
            {
              id: 'state',
              header: say('clearinghouse.filter.state'),
              cell: ({ state }) => (
                <Badge tone={state === 'present' ? 'good' : 'waiting'}>
                  {say(state === 'present' ? 'clearinghouse.score.present' : 'clearinghouse.score.absent')}
                </Badge>
              ),
            },
            { id: 'fact', header: say('clearinghouse.score.fact'), cell: ({ id }) => words.fact(id) },
            { ...columns.weight, cell: ({ weight }) => number(weight) },
            {
              id: 'remedy',
              header: say('clearinghouse.score.remedy'),
              cell: ({ id, state }) => (state === 'absent' ? sayIfKnown(`clearinghouse.triage.remedy.${id}`) : ''),
            },
          ]}
        />
      </Section>
    </>
  );
};
