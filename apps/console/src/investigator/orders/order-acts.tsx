import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrderBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, ConfirmDialog } from '../../design/index.js';
import { orderRequestsQuery } from './order-requests.js';
import { askOrder, sendOrder } from './queries.js';

/** Put up for two others, then sent: each step says what it does, and only a button in its dialog does it. */
export const OrderActs = ({ order }: { readonly order: OrderBody }) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const requests = useQuery({ ...orderRequestsQuery, enabled: order.state === 'draft' });
  const [asking, setAsking] = useState<'nothing' | 'ask' | 'send'>('nothing');
  if (order.state !== 'draft') return null;
  const again = () => client.invalidateQueries({ queryKey: ['investigator'] });
  return (
    <Answer query={requests}>
      {(all) => {
        const request = all.find((one) => one.order === order.orderId);
        return (
          <>
            {request === undefined ? (
              <p>{say('investigator.order.not-asked')}</p>
            ) : (
              <>
                <p>
                  <Badge tone={request.approvedBy.length >= request.needed ? 'good' : 'waiting'}>
                    {say('investigator.approvals.count', { given: request.approvedBy.length, needed: request.needed })}
                  </Badge>
                </p>
                <p className="about">
                  {say('investigator.approvals.how')} <code>tutela approval approve {request.digest.slice(0, 6)}</code>
                </p>
              </>
            )}
            <div className="actions">
              {request === undefined ? (
                <Button kind="main" onPress={() => setAsking('ask')}>
                  {say('investigator.order.ask')}
                </Button>
              ) : (
                <Button kind="danger" onPress={() => setAsking('send')}>
                  {say('investigator.order.send')}
                </Button>
              )}
            </div>
            {asking === 'ask' && (
              <ConfirmDialog
                title={say('investigator.order.ask-ask')}
                confirm={say('investigator.order.ask')}
                onClose={() => setAsking('nothing')}
                onConfirm={async (reason) => {
                  await askOrder(order.orderId, reason);
                  await again();
                }}
              >
                <p>{say('investigator.order.ask-then')}</p>
              </ConfirmDialog>
            )}
            {asking === 'send' && request !== undefined && (
              <ConfirmDialog
                title={say('investigator.order.send-ask', { provider: order.providerId })}
                confirm={say('investigator.order.send')}
                kind="danger"
                reason="none"
                onClose={() => setAsking('nothing')}
                onConfirm={async () => {
                  await sendOrder(order.orderId, request.digest);
                  await again();
                }}
              >
                <p>{say('investigator.order.send-then', { count: order.observations.length })}</p>
              </ConfirmDialog>
            )}
          </>
        );
      }}
    </Answer>
  );
};
