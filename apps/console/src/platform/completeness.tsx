import { useTongue } from '../app/tongue.js';
import { Badge, Section } from '../design/index.js';
import type { Documents } from './report-queries.js';

/** What an investigator needs and what of it is missing; advice, which blocks nothing. */
export const Completeness = ({ documents: { facts, advice, label } }: { readonly documents: Documents }) => {
  const { say, sayIfKnown } = useTongue();
  const missing = facts.filter(({ state }) => state === 'absent');
  return (
    <Section title={say('platform.complete.title')} about={say('platform.complete.about')}>
      <p>
        <Badge tone={label === 'referral' ? 'good' : 'waiting'}>{say(`platform.complete.${label}`)}</Badge>{' '}
        {say('platform.complete.missing', { count: missing.length, all: facts.length })}
      </p>
      <ul className="complete">
        {facts.map(({ id, state }) => (
          <li key={id}>
            <Badge tone={state === 'present' ? 'good' : state === 'absent' ? 'waiting' : 'neutral'}>
              {say(`platform.complete.state.${state}`)}
            </Badge>{' '}
            {sayIfKnown(`clearinghouse.triage.fact.${id}`) ?? id}
            {state === 'absent' && (
              <p className="about">
                {sayIfKnown(`clearinghouse.triage.remedy.${id}`)}{' '}
                <span lang="en">{advice.find((one) => one.id === id)?.reason}</span>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
};
