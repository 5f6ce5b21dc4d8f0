import type { OrderBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, EmptyState, Facts, Section, Time } from '../../design/index.js';
import { AnswerPlot } from './answer-plot.js';
import { outcomeTones } from './order-states.js';
import { type Distance, readReleased } from './released-answer.js';

type Asked = OrderBody['observations'][number];

/** What was asked about one address and time, what came back, and how far the nearest other customer is. */
export const AnswerView = ({ asked, answer, identity, ordinal }: Asked) => {
  const { say, sayIfKnown, number, list, duration } = useTongue();
  const released = answer === null ? undefined : readReleased(answer);
  const { clock } = asked;
  return (
    <Section
      title={say('investigator.answer.title', { number: ordinal + 1, address: asked.ip, port: asked.port ?? '—' })}
      actions={
        released !== undefined && (
          <Badge tone={outcomeTones[released.outcome] ?? 'neutral'}>
            {sayIfKnown(`investigator.outcome.${released.outcome}`) ?? released.outcome}
          </Badge>
        )
      }
    >
      {released === undefined ? (
        <EmptyState title={say('investigator.answer.none')}>{say('investigator.answer.none-why')}</EmptyState>
      ) : (
        <>
          <p>{sayIfKnown(`investigator.outcome-means.${released.outcome}`, { count: released.candidates })}</p>
          {released.margin !== undefined && (
            <>
              <AnswerPlot
                window={released.window}
                margin={released.margin}
                observedMs={Date.parse(asked.from.utc) - (clock.offsetSeconds ?? 0) * 1000}
              />
              <p>
                {say('investigator.answer.margin', {
                  before: told(released.margin.before),
                  after: told(released.margin.after),
                })}
              </p>
            </>
          )}
        </>
      )}
      <Facts
        facts={[
          { name: say('investigator.answer.moment'), value: asked.from.text, form: 'wide' },
          { name: say('investigator.answer.moment-utc'), value: <Time at={asked.from.utc} />, form: 'wide' },
          {
            name: say('investigator.answer.clock-error'),
            value:
              clock.errorSeconds === 'unknown'
                ? say('investigator.observation.clock-unknown')
                : say('investigator.observation.clock-error', { seconds: number(clock.errorSeconds) }),
          },
          {
            name: say('investigator.answer.clock-offset'),
            value:
              clock.offsetSeconds === undefined
                ? say('investigator.answer.no-offset')
                : say('investigator.exhibit.clock-by', { seconds: number(clock.offsetSeconds) }),
          },
          ...(released === undefined
            ? []
            : [
                { name: say('investigator.answer.candidates'), value: number(released.candidates) },
                { name: say('investigator.answer.subscriber'), value: released.subscriber, form: 'code' as const },
                {
                  name: say('investigator.answer.reasons'),
                  value: list(released.reasons.map((reason) => sayIfKnown(`investigator.reason.${reason}`) ?? reason)),
                  form: 'wide' as const,
                },
                {
                  name: say('investigator.answer.sensitive'),
                  value:
                    released.wouldChange.length === 0
                      ? say('investigator.answer.sensitive-none')
                      : list(released.wouldChange.map((one) => sayIfKnown(`investigator.mistake.${one}`) ?? one)),
                  form: 'wide' as const,
                },
              ]),
          ...(identity === null
            ? []
            : [
                { name: say('investigator.answer.name'), value: identity.name },
                {
                  name: say('investigator.answer.line'),
                  value: sayIfKnown(`investigator.line.${identity.line}`) ?? identity.line,
                },
                {
                  name: say('investigator.answer.installation'),
                  value: identity.installationAddress,
                  form: 'wide' as const,
                },
                { name: say('investigator.answer.billing'), value: identity.billingAddress, form: 'wide' as const },
              ]),
        ]}
      />
      {released !== undefined && <p className="caveat">{say('investigator.answer.subscriber-is-not-user')}</p>}
    </Section>
  );

  function told({ kind, ms }: Distance): string {
    return say(`investigator.distance.${kind}`, { duration: tellMs(ms) });
  }
  function tellMs(ms: number): string {
    return ms < 1000 ? say('investigator.milliseconds', { count: ms }) : duration(ms / 1000);
  }
};
