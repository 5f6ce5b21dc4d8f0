import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, EmptyState, Section, type Tone } from '../../design/index.js';
import { routingsQuery } from '../triage/queries.js';

const tones: Readonly<Record<'referred' | 'unroutable' | 'held', Tone>> = {
  referred: 'good',
  unroutable: 'alarm',
  held: 'waiting',
};

/** Where a report went, or why it went nowhere. */
export const RoutingSection = ({ report }: { readonly report: string }) => {
  const { say, sayIfKnown, country } = useTongue();
  return (
    <Section title={say('clearinghouse.routing.title')}>
      <Answer query={useQuery(routingsQuery(report))}>
        {({ routings }) =>
          routings.length === 0 ? (
            <EmptyState title={say('clearinghouse.routing.none')} />
          ) : (
            routings.map(({ country: code, outcome, reason, authorityId }) => (
              <p key={code}>
                <Badge tone={tones[outcome]}>{say(`clearinghouse.routing.${outcome}`)}</Badge>{' '}
                {code === 'ZZ' ? say('common.map.unknown') : country(code)}{' '}
                {authorityId !== null && (
                  <Link to="/desk/clearinghouse/referrals" search={{ authority: authorityId }}>
                    {authorityId}
                  </Link>
                )}
                {reason !== null && (
                  <span className="about">{sayIfKnown(`clearinghouse.routing.reason.${reason}`) ?? reason}</span>
                )}
              </p>
            ))
          )
        }
      </Answer>
    </Section>
  );
};
