import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { currentSession } from '../../app/session.js';
import { useTongue } from '../../app/tongue.js';
import { Answer, EmptyState, Page, Section } from '../../design/index.js';
import { AddPasskey } from './add-passkey.js';
import { ApprovalRequest } from './approval-request.js';
import { Enrolment } from './enrolment.js';
import { peopleQuery, requestsQuery } from './requests.js';
import { SettledRequests } from './settled-requests.js';

/** Passkeys are bound to a name (WebAuthn Level 3 §5.1.3): under an address of numbers no browser makes one. */
const OnlyOnLocalhost = () => {
  const { say } = useTongue();
  const here = new URL(location.href);
  here.hostname = 'localhost';
  here.hash = `key=${currentSession().key ?? ''}`;
  return (
    <p role="alert">
      {say('oversight.approvals.numbers')} <a href={here.href}>{say('oversight.approvals.as-localhost')}</a>
    </p>
  );
};

/** What needs the word of more than one person: all of each request, and the signature of whoever read it. */
export const ApprovalsScreen = () => {
  const { say } = useTongue();
  const requests = useQuery(requestsQuery('open'));
  const people = useQuery(peopleQuery);
  const [said, setSaid] = useState<'nothing' | 'approved'>('nothing');
  const place = location.hostname === 'localhost' ? 'name' : 'numbers';
  return (
    <Page title={say('oversight.approvals.title')} about={say('oversight.approvals.about')}>
      {place === 'numbers' && <OnlyOnLocalhost />}
      {/* Here and not beside the request, which is gone once the last approval is given. */}
      <p role="status">{said === 'approved' && say('oversight.approvals.on-record')}</p>
      <Answer query={people}>
        {({ people: known }) =>
          known.length === 0 ? (
            <Enrolment />
          ) : (
            <>
              <Answer query={requests}>
                {({ requests: open }) => (
                  <>
                    {open.length === 0 && (
                      <EmptyState title={say('oversight.approvals.none')}>
                        {say('oversight.approvals.none-why')}
                      </EmptyState>
                    )}
                    {open.map((request) => (
                      <ApprovalRequest
                        key={request.digest}
                        request={request}
                        place={place}
                        onApproved={() => setSaid('approved')}
                      />
                    ))}
                    <SettledRequests open={open} />
                  </>
                )}
              </Answer>
              <Section title={say('oversight.passkey.title')} about={say('oversight.passkey.about')}>
                <AddPasskey people={known} place={place} />
              </Section>
            </>
          )
        }
      </Answer>
    </Page>
  );
};
