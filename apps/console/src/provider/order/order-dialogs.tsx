import type { OrderBody } from '@tutela/provider-desk/api';
import { useTongue } from '../../app/tongue.js';
import { ConfirmDialog } from '../../design/index.js';
import { askRelease, declineOrder, releaseOrder } from '../queries.js';

interface OrderDialogProps {
  readonly order: OrderBody;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}

export const AskDialog = ({ order, onClose, onDone }: OrderDialogProps) => {
  const { say } = useTongue();
  return (
    <ConfirmDialog
      title={say('provider.order.ask-title')}
      confirm={say('provider.order.ask')}
      onClose={onClose}
      onConfirm={async (reason) => {
        await askRelease(order.orderId, reason);
        await onDone();
      }}
    >
      <p>{say('provider.order.ask-then')}</p>
    </ConfirmDialog>
  );
};

export const DeclineDialog = ({ order, onClose, onDone }: OrderDialogProps) => {
  const { say } = useTongue();
  return (
    <ConfirmDialog
      title={say('provider.order.decline-title')}
      confirm={say('provider.order.decline')}
      kind="danger"
      onClose={onClose}
      onConfirm={async (reason) => {
        await declineOrder(order.orderId, reason);
        await onDone();
      }}
    >
      <p>{say('provider.order.decline-then', { agency: order.authenticity.agency })}</p>
    </ConfirmDialog>
  );
};

/** What leaves was approved by two people under its digest: nothing is typed here that would go along. */
export const ReleaseDialog = ({
  order,
  approval,
  onClose,
  onDone,
}: OrderDialogProps & { readonly approval: string }) => {
  const { say } = useTongue();
  return (
    <ConfirmDialog
      title={say('provider.order.release-title')}
      confirm={say('provider.order.release')}
      kind="danger"
      reason="none"
      onClose={onClose}
      onConfirm={async () => {
        await releaseOrder(order.orderId, approval);
        await onDone();
      }}
    >
      <p>{say('provider.order.release-then', { agency: order.authenticity.agency, questions: order.observations })}</p>
    </ConfirmDialog>
  );
};
