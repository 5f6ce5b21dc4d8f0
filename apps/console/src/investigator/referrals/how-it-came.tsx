import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Facts, Section, Time } from '../../design/index.js';
import { type ReferredRow, referredQuery } from './queries.js';
import { laneTones, referralTones, stateOf } from './referral-states.js';

/** Each referral by which a report came, and the cases that have it. */
export const HowItCame = ({ reportId }: { readonly reportId: string }) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.referral.how')}>
      <Answer query={useQuery(referredQuery(reportId))}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p>{say('investigator.referral.not-referred')}</p>
          ) : (
            rows.map((row) => <Referral key={row.referralId} {...row} />)
          )
        }
      </Answer>
    </Section>
  );
};

const Referral = (row: ReferredRow) => {
  const { say, moment } = useTongue();
  const { lane, label, clearinghouse, authority, fetchedAt, withdrawnAt, cases } = row;
  return (
    <>
      {withdrawnAt !== null && <p>{say('investigator.referral.withdrawn-means', { at: moment(withdrawnAt) })}</p>}
      <Facts
        facts={[
          {
            name: say('investigator.referral.lane'),
            value: <Badge tone={laneTones[lane]}>{say(`investigator.referral.lane-${lane}`)}</Badge>,
          },
          {
            name: say('investigator.referral.state'),
            value: <Badge tone={referralTones[stateOf(row)]}>{say(`investigator.referral.${stateOf(row)}`)}</Badge>,
          },
          { name: say('investigator.referral.label'), value: say(`investigator.referral.label-${label}`) },
          { name: say('investigator.feed.clearinghouse'), value: clearinghouse, form: 'wide' },
          { name: say('investigator.feed.authority'), value: authority },
          { name: say('investigator.referral.fetched'), value: <Time at={fetchedAt} />, form: 'wide' },
          {
            name: say('investigator.referral.cases'),
            value:
              cases.length === 0 ? (
                say('investigator.referral.no-case')
              ) : (
                <div className="actions">
                  {cases.map((caseRef) => (
                    <Link key={caseRef} to="/desk/investigator/cases/$case" params={{ case: caseRef }}>
                      {caseRef}
                    </Link>
                  ))}
                </div>
              ),
            form: 'wide',
          },
        ]}
      />
    </>
  );
};
