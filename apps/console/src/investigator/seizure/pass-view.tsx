import { useQueryClient } from '@tanstack/react-query';
import type { PassBody, SeizureBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { asProblem, type Problem } from '../../app/problem.js';
import { useTongue } from '../../app/tongue.js';
import {
  Badge,
  Button,
  DataTable,
  Facts,
  FailedState,
  Progress,
  Section,
  Time,
  type Tone,
} from '../../design/index.js';
import { pausePass, resumePass, startPass } from './queries.js';

const tones: Readonly<Record<PassBody['state'], Tone>> = { running: 'accent', paused: 'waiting', ended: 'good' };

/** One source and the pass over it: how much is read, how fast, what went wrong, how long it takes at best. */
export const PassView = ({ source, pass }: SeizureBody['sources'][number]) => {
  const { say } = useTongue();
  return (
    <Section
      title={say('investigator.pass.title', { kind: say(`investigator.source.${source.kind}`) })}
      actions={<PassActs sourceId={source.sourceId} pass={pass} />}
    >
      <p className="about">
        <code>{source.locator}</code>
      </p>
      {pass === null ? (
        <p>{say('investigator.pass.not-begun')}</p>
      ) : (
        <>
          <p>
            <Badge tone={tones[pass.state]}>{say(`investigator.pass.${pass.state}`)}</Badge>{' '}
            {say('investigator.pass.begun', { person: pass.startedBy })} <Time at={pass.startedAt} />
            {pass.finishedAt !== null && (
              <>
                {' '}
                · {say('investigator.pass.ended-at')} <Time at={pass.finishedAt} />
              </>
            )}
          </p>
          <PassProgress {...pass} />
          <PassErrors {...pass} />
        </>
      )}
    </Section>
  );
};

const PassProgress = ({ counts, forecast, state }: PassBody) => {
  const { say, number, bytes, duration } = useTongue();
  const guessed = forecast.certainty === 'at-least' && state !== 'ended';
  return (
    <>
      <Progress
        label={say('investigator.pass.bytes')}
        done={counts.bytes}
        total={guessed ? null : counts.bytes + forecast.bytesLeft}
        unit="bytes"
      />
      <Progress
        label={say('investigator.pass.files')}
        done={counts.files}
        total={guessed ? null : counts.files + forecast.filesLeft}
      />
      <Facts
        facts={[
          { name: say('investigator.pass.units-done'), value: number(counts.done) },
          { name: say('investigator.pass.units-waiting'), value: number(counts.waiting) },
          { name: say('investigator.pass.units-stopped'), value: number(counts.stopped) },
          { name: say('investigator.pass.unreadable'), value: number(counts.unreadable) },
          { name: say('investigator.pass.refused'), value: number(counts.refused) },
          {
            name: say('investigator.pass.rate'),
            value: say('investigator.pass.per-second', {
              bytes: bytes(Math.round(forecast.bytesPerSecond)),
              files: number(Math.round(forecast.filesPerSecond)),
            }),
          },
          {
            name: say('investigator.pass.left'),
            value:
              state === 'ended'
                ? say('investigator.pass.nothing-left')
                : forecast.secondsLeft === null
                  ? say('investigator.pass.left-unknown')
                  : say(`investigator.pass.left-${forecast.certainty}`, { duration: duration(forecast.secondsLeft) }),
            form: 'wide',
          },
        ]}
      />
      <p className="about">{say('investigator.pass.left-about')}</p>
    </>
  );
};

const PassErrors = ({ errors }: PassBody) => {
  const { say, sayIfKnown, number } = useTongue();
  if (errors.length === 0) return <p>{say('investigator.pass.no-errors')}</p>;
  return (
    <DataTable
      caption={say('investigator.pass.errors')}
      rows={errors}
      rowKey={({ of, cause }) => `${of} ${cause}`}
      columns={[
        { id: 'of', header: say('investigator.pass.error-of'), cell: ({ of }) => say(`investigator.pass.of-${of}`) },
        {
          id: 'cause',
          header: say('investigator.pass.cause'),
          cell: ({ cause }) =>
            sayIfKnown(`investigator.cause.${cause}`) ??
            sayIfKnown(`investigator.rule.${cause}`) ?? <code>{cause}</code>,
        },
        { id: 'count', header: say('investigator.count'), align: 'end', cell: ({ count }) => number(count) },
      ]}
    />
  );
};

/** Each can be taken back by the other, so none asks before. */
const PassActs = ({ sourceId, pass }: { readonly sourceId: string; readonly pass: PassBody | null }) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [state, setState] = useState<'ready' | 'busy' | Problem>('ready');
  const act = async (run: () => Promise<unknown>) => {
    setState('busy');
    try {
      await run();
      setState('ready');
      await client.invalidateQueries({ queryKey: ['investigator'] });
    } catch (error) {
      setState(asProblem(error));
    }
  };
  const button = (label: string, run: () => Promise<unknown>) => (
    <Button state={state === 'busy' ? 'busy' : 'ready'} onPress={() => void act(run)}>
      {label}
    </Button>
  );
  return (
    <>
      {pass === null && button(say('investigator.pass.start'), () => startPass(sourceId))}
      {pass?.state === 'running' && button(say('investigator.pass.pause'), () => pausePass(pass.passId))}
      {pass?.state === 'paused' && button(say('investigator.pass.resume'), () => resumePass(pass.passId))}
      {typeof state === 'object' && <FailedState problem={state} />}
    </>
  );
};
