import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Beside, Button, ConfirmDialog, Facts, Page, Section, Time } from '../../design/index.js';
import { SaveButton } from '../save-button.js';
import { laneTones } from '../triage/tones.js';
import { recall, referralQuery } from './queries.js';
import { referralTones } from './referrals-search.js';
import { UrgencySection } from './urgency-section.js';
import { useAuthorityName } from './use-authority-name.js';

const route = getRouteApi('/desk/clearinghouse/referrals/$referral');

/** One referral: the very document that its authority gets, what became of it, and how it is taken back. */
export const ReferralScreen = () => {
  const { say, country } = useTongue();
  const { referral: id } = route.useParams();
  const nameOf = useAuthorityName();
  const client = useQueryClient();
  const query = useQuery(referralQuery(id));
  const [asked, setAsked] = useState<'recall'>();
  return (
    <Page
      title={say('clearinghouse.referral.title')}
      about={say('clearinghouse.referral.about')}
      actions={
        <Link to="/desk/clearinghouse/referrals" search={{}}>
          {say('clearinghouse.referral.back')}
        </Link>
      }
    >
      <Answer query={query}>
        {({ referral, outgoing }) => (
          <Beside
            aside={
              <>
                <Section title={say('clearinghouse.filter.state')}>
                  <p>
                    <Badge tone={referralTones[referral.state]}>
                      {say(`clearinghouse.referral.state.${referral.state}`)}
                    </Badge>{' '}
                    <Badge tone={laneTones[referral.lane]}>{say(`clearinghouse.triage.lane.${referral.lane}`)}</Badge>
                  </p>
                  <Facts
                    facts={[
                      { name: say('clearinghouse.referral.made'), value: <Time at={referral.madeAt} />, form: 'wide' },
                      {
                        name: say('clearinghouse.referral.downloaded'),
                        value: <Time at={referral.downloadedAt} />,
                        form: 'wide',
                      },
                      {
                        name: say('clearinghouse.referral.acknowledged'),
                        value: <Time at={referral.acknowledgedAt} />,
                        form: 'wide',
                      },
                      { name: say('clearinghouse.referral.receipt'), value: referral.receipt, form: 'wide' },
                      ...(referral.reason === null
                        ? []
                        : [{ name: say('common.confirm.reason'), value: referral.reason, form: 'wide' } as const]),
                    ]}
                  />
                  {['available', 'downloaded', 'acknowledged'].includes(referral.state) && (
                    <div className="actions">
                      <Button kind="danger" onPress={() => setAsked('recall')}>
                        {say('clearinghouse.referral.recall')}
                      </Button>
                    </div>
                  )}
                </Section>
                {referral.reportNumber !== null && <UrgencySection report={referral.reportNumber} />}
                <p className="ways">
                  <Link
                    to="/desk/clearinghouse/requests/new"
                    search={{
                      authority: referral.authorityId,
                      ...(referral.reportNumber !== null && { report: referral.reportNumber }),
                    }}
                  >
                    {say('clearinghouse.compose.from-referral')}
                  </Link>
                </p>
                <Section
                  title={say('clearinghouse.referral.downloads')}
                  about={say('clearinghouse.referral.on-record')}
                >
                  {outgoing.reportNumbers.slice(0, 20).map((number) => (
                    <div key={number} className="actions">
                      <Link to="/desk/clearinghouse/reports/$report" params={{ report: number }}>
                        {number}
                      </Link>
                      {(['json', 'pdf', 'zip'] as const).map((form) => (
                        <SaveButton
                          key={form}
                          at={`/clearinghouse/reports/${number}/export${form === 'json' ? '' : `.${form}`}`}
                          name={`${number}.${form}`}
                        >
                          {form.toUpperCase()}
                        </SaveButton>
                      ))}
                    </div>
                  ))}
                </Section>
              </>
            }
          >
            <Section title={say('clearinghouse.referral.to')}>
              <Facts
                facts={[
                  { name: say('clearinghouse.referral.authority'), value: nameOf(referral.authorityId) },
                  { name: say('common.map.country'), value: country(referral.country) },
                  { name: say('clearinghouse.bundle.members'), value: referral.reports },
                  { name: say('clearinghouse.report.type'), value: referral.incidentType, form: 'wide' },
                ]}
              />
            </Section>
            <Section
              title={say('clearinghouse.referral.outgoing')}
              about={say('clearinghouse.referral.outgoing-about')}
            >
              {/* biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields */}
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1) */}
              <div className="scroll" role="group" tabIndex={0} aria-label={say('clearinghouse.referral.outgoing')}>
                <pre>{JSON.stringify(outgoing, null, 2)}</pre>
              </div>
            </Section>
          </Beside>
        )}
      </Answer>
      {asked !== undefined && query.data !== undefined && (
        <ConfirmDialog
          title={say('clearinghouse.referral.recall')}
          confirm={say('clearinghouse.referral.recall')}
          kind="danger"
          onClose={() => setAsked(undefined)}
          onConfirm={async (reason) => {
            const { forwardId } = query.data.referral;
            await recall(forwardId === null ? `referrals/${id}` : `forwards/${forwardId}`, reason);
            await client.invalidateQueries({ queryKey: ['clearinghouse'] });
          }}
        >
          <p>
            {say(
              query.data.referral.forwardId === null
                ? 'clearinghouse.referral.then-recall'
                : 'clearinghouse.referral.then-recall-forward',
            )}
          </p>
        </ConfirmDialog>
      )}
    </Page>
  );
};
