import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReportRoutingsBody } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, EmptyState, Section, type Tone } from '../../design/index.js';
import { routingsQuery } from '../triage/queries.js';
import { RoutingActs } from './routing-acts.js';
import { SendDialog } from './send-dialog.js';
import { useAuthorityName } from './use-authority-name.js';

const tones: Readonly<Record<'referred' | 'unroutable' | 'held', Tone>> = {
  referred: 'good',
  unroutable: 'alarm',
  held: 'waiting',
};
type Standing = ReportRoutingsBody['standing'][number];

/** Where a report went, or why it went nowhere, and what a person does about it. */
export const RoutingSection = ({ report }: { readonly report: string }) => {
  const { say, sayIfKnown, country } = useTongue();
  const nameOf = useAuthorityName();
  const [wrong, setWrong] = useState<Standing>();
  return (
    <Section title={say('clearinghouse.routing.title')}>
      <Answer query={useQuery(routingsQuery(report))}>
        {(routed) => (
          <>
            {routed.routings.length === 0 && <EmptyState title={say('clearinghouse.routing.none')} />}
            {routed.routings.map(({ country: code, outcome, reason, authorityId }) => (
              <p key={code}>
                <Badge tone={tones[outcome]}>{say(`clearinghouse.routing.${outcome}`)}</Badge>{' '}
                {code === 'ZZ' ? say('common.map.unknown') : country(code)}{' '}
                {reason !== null && (
                  <span className="about">{sayIfKnown(`clearinghouse.routing.reason.${reason}`) ?? reason}</span>
                )}
                {outcome !== 'referred' && authorityId !== null && nameOf(authorityId)}
              </p>
            ))}
            {routed.standing.map((one) => (
              <p key={one.referralId} className="actions">
                <Link to="/desk/clearinghouse/referrals/$referral" params={{ referral: one.referralId }}>
                  {nameOf(one.authorityId)}
                </Link>
                {one.kind === 'report' && (
                  <Button
                    label={say('clearinghouse.routing.wrong-one', { authority: nameOf(one.authorityId) })}
                    onPress={() => setWrong(one)}
                  >
                    {say('clearinghouse.routing.wrong')}
                  </Button>
                )}
              </p>
            ))}
            <RoutingActs report={report} routed={routed} />
          </>
        )}
      </Answer>
      {wrong !== undefined && <SendDialog report={report} wrong={wrong} onClose={() => setWrong(undefined)} />}
    </Section>
  );
};
