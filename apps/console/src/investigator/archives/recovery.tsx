import { useQuery } from '@tanstack/react-query';
import type { RecoveryBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Facts, Section, ShortCode, Time } from '../../design/index.js';
import { recoveryQuery } from './queries.js';

const tones = { 'not-begun': 'neutral', running: 'accent', ended: 'good' } as const;

/** The search for passwords under each authority: what was tried, how fast, and what stays shut all the same. */
export const Recovery = ({ caseRef }: { readonly caseRef: string }) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.recovery.title')} about={say('investigator.recovery.about')}>
      <Answer query={useQuery(recoveryQuery(caseRef))}>
        {({ runs }) =>
          runs.length === 0 ? (
            <EmptyState title={say('investigator.recovery.none')}>
              {say('investigator.recovery.none-why')} <code>tutela recover run {caseRef}</code>
            </EmptyState>
          ) : (
            runs.map((run) => <Run key={run.authorityId} {...run} />)
          )
        }
      </Answer>
    </Section>
  );
};

const Run = (run: RecoveryBody['runs'][number]) => {
  const { say, sayIfKnown, number, duration } = useTongue();
  const told = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${sayIfKnown(`investigator.lock.${name}`) ?? name}: ${number(count)}`)
      .join(' · ');
  return (
    <>
      <p>
        <Badge tone={tones[run.state]}>{say(`investigator.run.${run.state}`)}</Badge>{' '}
        {run.endedBecause !== null &&
          (sayIfKnown(`investigator.run-end.${run.endedBecause}`) ?? <code>{run.endedBecause}</code>)}{' '}
        · {say('investigator.authority')} <ShortCode code={run.authorityId} />
      </p>
      <Facts
        facts={[
          { name: say('investigator.recovery.locks'), value: told(run.locks) },
          { name: say('investigator.recovery.secrets'), value: told(run.secrets) },
          { name: say('investigator.recovery.checks'), value: number(run.checks) },
          { name: say('investigator.recovery.worked'), value: duration(run.workedSeconds) },
          {
            name: say('investigator.recovery.left'),
            value:
              run.state === 'ended'
                ? say('investigator.recovery.over')
                : run.atMostSecondsLeft === null
                  ? say('investigator.pass.left-unknown')
                  : say('investigator.recovery.at-most', { duration: duration(run.atMostSecondsLeft) }),
          },
          { name: say('investigator.recovery.started'), value: <Time at={run.startedAt} />, form: 'wide' },
          {
            name: say('investigator.recovery.stop-rule'),
            value:
              run.stopRule &&
              say('investigator.recovery.stops', {
                lock: duration(run.stopRule.mostSecondsPerLock),
                all: duration(run.stopRule.mostSeconds),
              }),
            form: 'wide',
          },
        ]}
      />
      <DataTable
        caption={say('investigator.recovery.by-kind')}
        rows={run.kinds}
        rowKey={({ kdf }) => kdf}
        columns={[
          { id: 'kdf', header: say('investigator.lock.kdf'), cell: ({ kdf }) => <code>{kdf}</code> },
          {
            id: 'checks',
            header: say('investigator.recovery.checks'),
            align: 'end',
            cell: ({ checks }) => number(checks),
          },
          {
            id: 'rate',
            header: say('investigator.recovery.per-second'),
            align: 'end',
            cell: ({ checksPerSecond }) => (checksPerSecond === null ? null : number(Math.round(checksPerSecond))),
          },
        ]}
      />
    </>
  );
};
