import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** `alert` for what cannot be taken back. */
  readonly role?: 'dialog' | 'alertdialog';
}

/** Over everything until it is closed: Escape closes it. Render it only while it is open. */
export const Dialog = ({ title, children, onClose, role = 'dialog' }: DialogProps) => (
  <ModalOverlay
    className="overlay"
    isOpen
    isDismissable={role === 'dialog'}
    onOpenChange={(open) => {
      if (!open) onClose();
    }}
  >
    <Modal className="modal">
      <AriaDialog className="dialog" role={role}>
        <Heading slot="title">{title}</Heading>
        {children}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
);
