import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Beside, Button, ConfirmDialog, Facts, Page, Section, Time } from '../../design/index.js';
import { BundleMembers } from './bundle-members.js';
import { ClaimSection } from './claim-section.js';
import { LabelActs } from './label-section.js';
import { actOnBundle, type BundleAct, bundleQuery, decideBundle, forwardBundle } from './queries.js';
import { Scores } from './scores.js';
import { labelTones, laneTones } from './tones.js';
import { TriageHistory } from './triage-history.js';

const route = getRouteApi('/desk/clearinghouse/bundles/$bundle');

type Act = BundleAct | 'forward';

/** What belongs together as one item: who is in it and why, and one decision for all. Every act can be taken back. */
export const BundleScreen = () => {
  const { say } = useTongue();
  const { bundle: id } = route.useParams();
  const client = useQueryClient();
  const query = useQuery(bundleQuery(id));
  const [asked, setAsked] = useState<Act>();
  const button = (act: Act) => <Button onPress={() => setAsked(act)}>{say(`clearinghouse.bundle.${act}`)}</Button>;
  return (
    <Page
      title={
        query.data === undefined
          ? say('clearinghouse.bundle.title')
          : say('clearinghouse.item.bundle', {
              kind: say(`clearinghouse.triage.bundle.${query.data.kind}`),
              reports: say('clearinghouse.triage.bundle.reports', { reports: query.data.members }),
            })
      }
      about={say('clearinghouse.bundle.about')}
      actions={
        <Link to="/desk/clearinghouse/triage" search={{ state: 'waiting' }}>
          {say('clearinghouse.report.back')}
        </Link>
      }
    >
      <Answer query={query}>
        {(bundle) => (
          <Beside
            aside={
              <>
                <Section title={say('clearinghouse.report.decision')}>
                  {bundle.dissolvedAt !== null && (
                    <p>
                      <Badge>{say('clearinghouse.bundle.dissolved')}</Badge> <Time at={bundle.dissolvedAt} />
                    </p>
                  )}
                  {bundle.item !== null && (
                    <p>
                      <Badge tone={laneTones[bundle.item.lane]}>
                        {say(`clearinghouse.triage.lane.${bundle.item.lane}`)}
                      </Badge>{' '}
                      <Badge tone={labelTones[bundle.item.label]}>
                        {say(`clearinghouse.triage.label.${bundle.item.label}`)}
                      </Badge>
                    </p>
                  )}
                  {bundle.decision !== null && (
                    <p className="about">
                      {bundle.decision.by}: {bundle.decision.reason} · <Time at={bundle.decision.at} />
                    </p>
                  )}
                  {bundle.dissolvedAt === null && (
                    <LabelActs
                      label={bundle.decision?.label ?? null}
                      onLabel={(label, reason) => decideBundle(id, label, reason)}
                    />
                  )}
                  <div className="actions">
                    {bundle.decision !== null && button('withdraw-decision')}
                    {bundle.dissolvedAt === null ? button('dissolve') : button('restore')}
                    {bundle.dissolvedAt === null && button('forward')}
                  </div>
                  {bundle.item !== null && <ClaimSection item={bundle.item} />}
                </Section>
                <TriageHistory events={bundle.history} />
              </>
            }
          >
            <Section title={say('clearinghouse.bundle.what')}>
              <Facts
                facts={[
                  { name: say('clearinghouse.bundle.made'), value: <Time at={bundle.madeAt} />, form: 'wide' },
                  { name: say('clearinghouse.bundle.members'), value: bundle.members },
                ]}
              />
            </Section>
            <BundleMembers bundle={id} />
            {bundle.item !== null && (
              <Scores judged={{ ...bundle.item, policyVersion: say('clearinghouse.bundle.leading') }} />
            )}
          </Beside>
        )}
      </Answer>
      {asked !== undefined && (
        <ConfirmDialog
          title={say(`clearinghouse.bundle.${asked}`)}
          confirm={say(`clearinghouse.bundle.${asked}`)}
          onClose={() => setAsked(undefined)}
          onConfirm={async (reason) => {
            if (asked === 'forward') await forwardBundle(id, reason);
            else await actOnBundle(id, asked, reason);
            await client.invalidateQueries({ queryKey: ['clearinghouse'] });
          }}
        >
          <p>{say(`clearinghouse.bundle.then-${asked}`)}</p>
        </ConfirmDialog>
      )}
    </Page>
  );
};
