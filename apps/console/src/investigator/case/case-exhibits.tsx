import { Link } from '@tanstack/react-router';
import type { CaseFileBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { EmptyState, Facts, Section, Time, Timeline } from '../../design/index.js';

export interface CaseExhibitsProps {
  readonly caseRef: string;
  readonly exhibits: CaseFileBody['exhibits'];
}

/** What was taken, and in whose hands it was from then on. */
export const CaseExhibits = ({ caseRef, exhibits }: CaseExhibitsProps) => {
  const { say } = useTongue();
  if (exhibits.length === 0)
    return (
      <Section title={say('investigator.case.tab-exhibits')}>
        <EmptyState title={say('investigator.exhibits.none')}>
          {say('investigator.exhibits.none-why')} <code>tutela exhibit add {caseRef}</code>
        </EmptyState>
      </Section>
    );
  return (
    <div className="sections">
      {exhibits.map((exhibit) => (
        <Exhibit key={exhibit.exhibitId} exhibit={exhibit} caseRef={caseRef} />
      ))}
    </div>
  );
};

type Exhibit = CaseFileBody['exhibits'][number];

const Exhibit = ({ exhibit, caseRef }: { readonly exhibit: Exhibit; readonly caseRef: string }) => {
  const { say, bytes, list } = useTongue();
  return (
    <Section
      title={say('investigator.exhibit.title', { number: exhibit.number, what: exhibit.description })}
      actions={
        <Link to="/desk/investigator/cases/$case/seizure" params={{ case: caseRef }}>
          {say('investigator.exhibit.to-seizure')}
        </Link>
      }
    >
      <Facts
        facts={[
          { name: say('investigator.exhibit.seized-from'), value: exhibit.seizedFrom },
          { name: say('investigator.exhibit.seized-place'), value: exhibit.seizedPlace },
          { name: say('investigator.exhibit.seized-by'), value: exhibit.seizedBy },
          { name: say('investigator.exhibit.serial'), value: [exhibit.make, exhibit.serial].filter(Boolean).join(' ') },
          {
            name: say('investigator.exhibit.capacity'),
            value: exhibit.capacityBytes === null ? null : bytes(exhibit.capacityBytes),
          },
          { name: say('investigator.exhibit.storage'), value: exhibit.storagePlace },
          { name: say('investigator.exhibit.seals'), value: list(exhibit.sealIds) },
          {
            name: say('investigator.exhibit.clock'),
            value:
              exhibit.clockOffsetSeconds === null
                ? say('investigator.exhibit.clock-not-measured')
                : say('investigator.exhibit.clock-by', { seconds: exhibit.clockOffsetSeconds }),
          },
          { name: say('investigator.exhibit.seized-at'), value: <Time at={exhibit.seizedAt} />, form: 'wide' },
          {
            name: 'SHA-256',
            value: exhibit.sha256 ?? say('investigator.exhibit.no-digest'),
            form: exhibit.sha256 === null ? 'wide' : 'code',
          },
        ]}
      />
      <h3>{say('investigator.custody.title')}</h3>
      {exhibit.custody.length === 0 ? (
        <EmptyState title={say('investigator.custody.none')}>{say('investigator.custody.none-why')}</EmptyState>
      ) : (
        <Timeline
          label={say('investigator.custody.title')}
          entries={exhibit.custody
            .toSorted((one, other) => one.ordinal - other.ordinal)
            .map((link) => ({
              id: link.custodyId,
              at: link.happenedAt,
              title: say('investigator.custody.line', {
                action: say(`investigator.custody.${link.action}`),
                holder: link.holder,
              }),
              children: (
                <p className="about">
                  {link.reason}
                  {link.place !== null && ` · ${link.place}`}
                  {link.handedOverBy !== null &&
                    ` · ${say('investigator.custody.from', { person: link.handedOverBy })}`}
                  {` · ${say('investigator.custody.recorded', { person: link.recordedBy })}`}
                </p>
              ),
            }))}
        />
      )}
    </Section>
  );
};
