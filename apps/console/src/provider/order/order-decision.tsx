import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrderBody } from '@tutela/provider-desk/api';
import { useState } from 'react';
import { useKeys } from '../../app/keys.js';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, Section, Time } from '../../design/index.js';
import { isApproved, requestsAbout, requestsQuery } from '../../oversight/approvals/requests.js';
import { orderTones } from '../states.js';
import { AskDialog, DeclineDialog, ReleaseDialog } from './order-dialogs.js';
import { Preview } from './preview.js';

type Open = 'nothing' | 'ask' | 'decline' | 'release';

/** Where the order stands, and the acts that are open: ask for two approvals, preview, release; or decline. */
export const OrderDecision = ({ order }: { readonly order: OrderBody }) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>('nothing');
  const requests = useQuery(requestsQuery('all'));
  const about = requestsAbout(requests.data?.requests ?? [], 'order.release', order.orderSha256);
  const approved = about.find(isApproved);
  const waiting = about.find((request) => request.state === 'open');
  const can = order.state === 'received';
  useKeys([
    ...(can && waiting === undefined
      ? [{ keys: 'a', label: 'provider.order.ask' as const, run: () => setOpen('ask') }]
      : []),
    ...(can && approved
      ? [{ keys: 'r', label: 'provider.order.release' as const, run: () => setOpen('release') }]
      : []),
    ...(can ? [{ keys: 'd', label: 'provider.order.decline' as const, run: () => setOpen('decline') }] : []),
  ]);
  const closing = { order, onClose: () => setOpen('nothing'), onDone: () => client.invalidateQueries() };
  return (
    <Section title={say('provider.order.decision')}>
      <p>
        <Badge tone={orderTones[order.state]}>{say(`provider.state.${order.state}`)}</Badge>
      </p>
      {order.settledAt !== undefined && (
        <p className="about">
          <Time at={order.settledAt} />
        </p>
      )}
      {order.reason !== undefined && <p>{order.reason}</p>}
      {order.state === 'expired' && <p className="about">{say('provider.order.expired-why')}</p>}
      {can && (
        <Answer query={requests}>
          {() => (
            <>
              {waiting !== undefined && (
                <p>
                  {say('provider.order.approvals', { given: waiting.approvedBy.length, needed: waiting.needed })}{' '}
                  <Link to="/desk/oversight/approvals">{say('provider.order.to-approvals')}</Link>
                </p>
              )}
              {waiting === undefined && <p className="about">{say('provider.order.ask-why')}</p>}
              {approved !== undefined && <Preview id={order.orderId} approval={approved.digest} />}
              <div className="actions">
                {waiting === undefined && (
                  <Button kind="main" onPress={() => setOpen('ask')} keyHint="a">
                    {say('provider.order.ask')}
                  </Button>
                )}
                {approved !== undefined && (
                  <Button kind="danger" onPress={() => setOpen('release')} keyHint="r">
                    {say('provider.order.release')}
                  </Button>
                )}
                <Button onPress={() => setOpen('decline')} keyHint="d">
                  {say('provider.order.decline')}
                </Button>
              </div>
            </>
          )}
        </Answer>
      )}
      {open === 'ask' && <AskDialog {...closing} />}
      {open === 'decline' && <DeclineDialog {...closing} />}
      {open === 'release' && approved !== undefined && <ReleaseDialog {...closing} approval={approved.digest} />}
    </Section>
  );
};
