import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Badge, ConfirmDialog, EmptyState, Facts, QueueTable, Section, Time } from '../../design/index.js';
import { gradeTones } from './order-states.js';
import { confirmObservation, type ObservationRow, readObservations } from './queries.js';

/** Each address with its time, and what it is good for; one that was typed is compared with its document by a second person. */
export const Observations = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, number, country: nameOf } = useTongue();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ObservationRow>();
  return (
    <Section title={say('investigator.observations.title')} about={say('investigator.observations.about')}>
      <div className="queue-place">
        <QueueTable<ObservationRow>
          key={caseRef}
          label={say('investigator.observations.title')}
          queryKey={['investigator', 'observations', caseRef]}
          read={readObservations(caseRef)}
          rowKey={({ observationId }) => observationId}
          onOpen={setChosen}
          empty={<EmptyState title={say('investigator.groups.none')} />}
          columns={[
            {
              id: 'grade',
              header: say('investigator.observation.grade'),
              width: '8.5rem',
              cell: ({ grade }) => <Badge tone={gradeTones[grade]}>{say(`investigator.grade.${grade}`)}</Badge>,
            },
            {
              id: 'ip',
              header: say('investigator.address'),
              width: '8.5rem',
              cell: ({ ip }) => <code title={ip}>{ip}</code>,
            },
            { id: 'port', header: say('investigator.port'), width: '3.5rem', align: 'end', cell: ({ port }) => port },
            {
              id: 'at',
              header: say('investigator.at'),
              width: '12.5rem',
              cell: ({ seenFrom }) => <Time at={seenFrom} />,
            },
            {
              id: 'clock',
              header: say('investigator.observation.clock'),
              width: '9rem',
              cell: (row) => <ClockError {...row} />,
            },
            { id: 'holder', header: say('investigator.users.holder'), width: '2fr', cell: ({ holder }) => holder },
            {
              id: 'country',
              header: say('common.map.country'),
              width: '5.5rem',
              cell: ({ country }) => (country === null ? say('common.map.unknown') : nameOf(country)),
            },
            {
              id: 'orders',
              header: say('investigator.groups.asked'),
              width: '3.5rem',
              align: 'end',
              cell: ({ orders }) => number(orders),
            },
          ]}
        />
      </div>
      {chosen !== undefined && (
        <ConfirmDialog
          title={say('investigator.observation.confirm-ask')}
          confirm={say('investigator.observation.confirm')}
          reason="none"
          onClose={() => setChosen(undefined)}
          onConfirm={async () => {
            await confirmObservation(caseRef, chosen.observationId, chosen.documentSha256);
            await client.invalidateQueries({ queryKey: ['investigator'] });
          }}
        >
          <p>{say(`investigator.grade-means.${chosen.grade}`)}</p>
          <Facts
            facts={[
              { name: say('investigator.address'), value: chosen.ip },
              { name: say('investigator.port'), value: chosen.port },
              { name: say('investigator.observation.entry'), value: say(`investigator.entry-by.${chosen.entry}`) },
              { name: say('investigator.at'), value: <Time at={chosen.seenFrom} />, form: 'wide' },
              { name: say('investigator.observation.document'), value: chosen.documentSha256, form: 'code' },
            ]}
          />
          <p>{say('investigator.observation.confirm-then')}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
};

const ClockError = ({ clock }: ObservationRow) => {
  const { say, number } = useTongue();
  if (clock.errorSeconds === 'unknown') return say('investigator.observation.clock-unknown');
  return say('investigator.observation.clock-error', { seconds: number(clock.errorSeconds) });
};
