import { useInfiniteQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState, MoreRows, Section, ShortCode, Time } from '../../design/index.js';
import { chronologyQuery } from '../case-queries.js';

/** Every act of the case as the ledger has it, numbered without a gap. */
export const CaseChronology = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, sayIfKnown, number } = useTongue();
  const query = useInfiniteQuery(chronologyQuery(caseRef));
  return (
    <Section title={say('investigator.case.tab-chronology')} about={say('investigator.chronology.about')}>
      <Answer query={query}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.entries);
          if (entries.length === 0)
            return (
              <EmptyState title={say('investigator.chronology.none')}>
                {say('investigator.chronology.none-why')}
              </EmptyState>
            );
          return (
            <>
              <DataTable
                caption={say('investigator.chronology.caption')}
                rows={entries}
                rowKey={({ caseSeq }) => String(caseSeq)}
                columns={[
                  {
                    id: 'seq',
                    header: say('investigator.chronology.number'),
                    align: 'end',
                    cell: ({ caseSeq }) => number(caseSeq),
                  },
                  { id: 'at', header: say('investigator.at'), cell: ({ at }) => <Time at={at} /> },
                  {
                    id: 'what',
                    header: say('investigator.what'),
                    cell: ({ type }) => sayIfKnown(`investigator.event.${type}`) ?? <code>{type}</code>,
                  },
                  { id: 'actor', header: say('investigator.by'), cell: ({ actor }) => actor },
                  {
                    id: 'subjects',
                    header: say('investigator.chronology.subjects'),
                    cell: ({ subjects }) => <Subjects subjects={subjects} />,
                  },
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

const shown = 2;

/** `investigator/order/145b…` is told apart by its end; what stands before says of which desk and kind it is. */
const placeOf = (subject: string) => subject.slice(0, subject.lastIndexOf('/') + 1);
const nameOf = (subject: string) => subject.slice(subject.lastIndexOf('/') + 1);

const Subjects = ({ subjects }: { readonly subjects: readonly string[] }) => {
  const { say } = useTongue();
  const left = subjects.length - shown;
  return (
    <>
      {subjects.slice(0, shown).map((subject) => (
        <span key={subject} className="subject">
          {placeOf(subject)} <ShortCode code={nameOf(subject)} />
        </span>
      ))}
      {left > 0 && <span className="about"> {say('investigator.and-more', { count: left })}</span>}
    </>
  );
};
