import { Link } from '@tanstack/react-router';
import type { CaseFileBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button, EmptyState, Facts, Section, Time, Timeline } from '../../design/index.js';
import { AddExhibitDialog } from './add-exhibit-dialog.js';
import { CustodyDialog } from './custody-dialog.js';

export interface CaseExhibitsProps {
  readonly caseRef: string;
  readonly exhibits: CaseFileBody['exhibits'];
  /** To a closed case nothing is added; what becomes of its exhibits is still recorded. */
  readonly state: 'open' | 'closed';
}

/** What was taken, and in whose hands it was from then on. */
export const CaseExhibits = ({ caseRef, exhibits, state }: CaseExhibitsProps) => {
  const { say } = useTongue();
  const [asking, setAsking] = useState<'nothing' | 'exhibit'>('nothing');
  const add = state === 'open' && (
    <Button kind="main" onPress={() => setAsking('exhibit')}>
      {say('investigator.add-exhibit.title')}
    </Button>
  );
  return (
    <div className="sections">
      {exhibits.length === 0 ? (
        <Section title={say('investigator.case.tab-exhibits')}>
          <EmptyState title={say('investigator.exhibits.none')} action={add}>
            {say('investigator.exhibits.none-why')}
          </EmptyState>
        </Section>
      ) : (
        <div className="actions">{add}</div>
      )}
      {exhibits.map((exhibit) => (
        <Exhibit key={exhibit.exhibitId} exhibit={exhibit} caseRef={caseRef} />
      ))}
      {asking === 'exhibit' && (
        <AddExhibitDialog
          caseRef={caseRef}
          numbers={exhibits.map(({ number }) => number)}
          onClose={() => setAsking('nothing')}
        />
      )}
    </div>
  );
};

type Exhibit = CaseFileBody['exhibits'][number];

const Exhibit = ({ exhibit, caseRef }: { readonly exhibit: Exhibit; readonly caseRef: string }) => {
  const { say, bytes, list } = useTongue();
  const [asking, setAsking] = useState<'nothing' | 'custody'>('nothing');
  const custody = exhibit.custody.toSorted((one, other) => one.ordinal - other.ordinal);
  return (
    <Section
      title={say('investigator.exhibit.title', { number: exhibit.number, what: exhibit.description })}
      actions={
        <>
          <Link to="/desk/investigator/cases/$case/seizure" params={{ case: caseRef }}>
            {say('investigator.exhibit.to-seizure')}
          </Link>
          <Button
            label={say('investigator.add-custody.title', { number: exhibit.number })}
            onPress={() => setAsking('custody')}
          >
            {say('investigator.add-custody.act')}
          </Button>
        </>
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
      {custody.length === 0 ? (
        <EmptyState title={say('investigator.custody.none')}>{say('investigator.custody.none-why')}</EmptyState>
      ) : (
        <Timeline
          label={say('investigator.custody.title')}
          entries={custody.map((link) => ({
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
                {link.handedOverBy !== null && ` · ${say('investigator.custody.from', { person: link.handedOverBy })}`}
                {` · ${say('investigator.custody.recorded', { person: link.recordedBy })}`}
              </p>
            ),
          }))}
        />
      )}
      {asking === 'custody' && (
        <CustodyDialog
          caseRef={caseRef}
          exhibit={exhibit.number}
          holder={custody.at(-1)?.holder}
          onClose={() => setAsking('nothing')}
        />
      )}
    </Section>
  );
};
