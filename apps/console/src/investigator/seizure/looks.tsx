import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FingerprintsBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { asProblem, type Problem } from '../../app/problem.js';
import { useTongue } from '../../app/tongue.js';
import {
  Answer,
  Badge,
  Button,
  DataTable,
  EmptyState,
  Facts,
  FailedState,
  Progress,
  Section,
  Time,
} from '../../design/index.js';
import { looksQuery, startLooks } from './queries.js';

/** How far pictures are decoded and fingerprinted, so that edited copies of listed ones are found. */
export const Looks = ({ caseRef }: { readonly caseRef: string }) => {
  const { say } = useTongue();
  const query = useQuery(looksQuery(caseRef));
  return (
    <Section
      title={say('investigator.looks.title')}
      about={say('investigator.looks.about')}
      actions={query.data?.run?.state !== 'running' && <Begin caseRef={caseRef} />}
    >
      <Answer query={query}>
        {(looks) =>
          looks.run === null ? (
            <EmptyState title={say('investigator.looks.none')}>
              {say('investigator.looks.none-why')} <code>tutela seize fingerprint {caseRef}</code>
            </EmptyState>
          ) : (
            <Standing {...looks} run={looks.run} />
          )
        }
      </Answer>
    </Section>
  );
};

const Standing = ({
  run,
  done,
  contents,
  refused,
  stopped,
  perSecond,
  secondsLeft,
  outcomes,
}: FingerprintsBody & { readonly run: NonNullable<FingerprintsBody['run']> }) => {
  const { say, number } = useTongue();
  return (
    <>
      <p>
        <Badge tone={run.state === 'running' ? 'accent' : 'good'}>{say(`investigator.pass.${run.state}`)}</Badge>{' '}
        {say('investigator.pass.begun', { person: run.startedBy })} <Time at={run.startedAt} />
        {run.finishedAt !== null && (
          <>
            {' '}
            · {say('investigator.pass.ended-at')} <Time at={run.finishedAt} />
          </>
        )}
      </p>
      <Progress
        label={say('investigator.looks.pictures')}
        done={done}
        total={contents}
        {...(run.state === 'running' && { secondsLeft })}
      />
      <Facts
        facts={[
          { name: say('investigator.looks.rate'), value: number(Math.round(perSecond)) },
          { name: say('investigator.known.refused'), value: number(refused) },
          { name: say('investigator.pass.units-stopped'), value: number(stopped) },
        ]}
      />
      {outcomes.length > 0 && (
        <DataTable
          caption={say('investigator.looks.caption')}
          rows={outcomes}
          rowKey={({ outcome }) => outcome}
          columns={[
            {
              id: 'outcome',
              header: say('investigator.looks.outcome'),
              cell: ({ outcome }) => say(`investigator.looks.${outcome}`),
            },
            {
              id: 'pictures',
              header: say('investigator.looks.pictures'),
              align: 'end',
              cell: ({ pictures }) => number(pictures),
            },
          ]}
        />
      )}
    </>
  );
};

/** Again looks only at what was not looked at yet, so nothing is asked before. */
const Begin = ({ caseRef }: { readonly caseRef: string }) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [state, setState] = useState<'ready' | 'busy' | Problem>('ready');
  const begin = async () => {
    setState('busy');
    try {
      await startLooks(caseRef);
      setState('ready');
      await client.invalidateQueries({ queryKey: ['investigator'] });
    } catch (error) {
      setState(asProblem(error));
    }
  };
  return (
    <>
      <Button state={state === 'busy' ? 'busy' : 'ready'} onPress={() => void begin()}>
        {say('investigator.looks.begin')}
      </Button>
      {typeof state === 'object' && <FailedState problem={state} />}
    </>
  );
};
