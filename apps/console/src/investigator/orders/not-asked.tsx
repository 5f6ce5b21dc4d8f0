import { Link } from '@tanstack/react-router';
import type { PreviewBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge } from '../../design/index.js';
import { orderTones } from './order-states.js';

interface NotAskedProps extends Pick<PreviewBody, 'unconfirmed' | 'asked'> {
  readonly caseRef: string;
}

/** What an order that is drafted now leaves out: what nobody has compared yet, and what other orders ask about. */
export const NotAsked = ({ caseRef, unconfirmed, asked }: NotAskedProps) => {
  const { say } = useTongue();
  return (
    <>
      {unconfirmed > 0 && <p>{say('investigator.prospect.unconfirmed', { count: unconfirmed })}</p>}
      {asked.map(({ orderId, state, observations }) => (
        <p key={orderId}>
          {say('investigator.prospect.asked', { count: observations })}{' '}
          <Link to="/desk/investigator/cases/$case/orders/$order" params={{ case: caseRef, order: orderId }}>
            {orderId.slice(0, 8)}
          </Link>{' '}
          <Badge tone={orderTones[state]}>{say(`investigator.order-state.${state}`)}</Badge>
        </p>
      ))}
    </>
  );
};
