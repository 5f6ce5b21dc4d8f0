import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Section } from '../../design/index.js';
import { DangerFacts } from '../triage/danger-facts.js';
import { judgedQuery } from '../triage/queries.js';

/** Why the report of a referral is as urgent as it is. */
export const UrgencySection = ({ report }: { readonly report: string }) => {
  const { say } = useTongue();
  const query = useQuery(judgedQuery(report));
  return (
    <Section title={say('clearinghouse.referral.urgency')}>
      <Answer query={query}>
        {({ standing: { priority }, judgements: [newest] }) => (
          <>
            <p>{say('clearinghouse.referral.priority', { priority })}</p>
            {newest !== undefined && <DangerFacts facts={newest.facts} />}
            <Link to="/desk/clearinghouse/reports/$report" params={{ report }}>
              {say('clearinghouse.item.report', { number: report })}
            </Link>
          </>
        )}
      </Answer>
    </Section>
  );
};
