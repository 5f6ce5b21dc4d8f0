import { useQueryClient } from '@tanstack/react-query';
import type { OrderBody, OrderPosting } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { typedMoment } from '../../app/moment-text.js';
import { useTongue } from '../../app/tongue.js';
import { Button, DayField, Field, FormDialog, Select } from '../../design/index.js';
import { notePosted } from './queries.js';

const ways = [
  'registered-post',
  'post',
  'courier',
  'by-hand',
  'email',
] as const satisfies readonly OrderPosting['way'][];

/** A letter that is ready: how to make it, and the note that somebody posted it. */
export const Posting = ({ order }: { readonly order: OrderBody }) => {
  const { say } = useTongue();
  const [asking, setAsking] = useState<'nothing' | 'posted'>('nothing');
  return (
    <>
      <p>{say('investigator.posting.waits')}</p>
      <p className="about">
        {say('investigator.posting.letter')} <code>tutela order letter {order.orderId} --output order.pdf</code>
      </p>
      <div className="actions">
        <Button kind="main" onPress={() => setAsking('posted')}>
          {say('investigator.posting.note')}
        </Button>
      </div>
      {asking === 'posted' && <PostingDialog order={order} onClose={() => setAsking('nothing')} />}
    </>
  );
};

const today = (): string => typedMoment(new Date()).slice(0, 10);

const PostingDialog = ({ order, onClose }: { readonly order: OrderBody; readonly onClose: () => void }) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [day, setDay] = useState(today);
  const [way, setWay] = useState<OrderPosting['way']>('registered-post');
  const [receipt, setReceipt] = useState('');
  return (
    <FormDialog
      title={say('investigator.posting.note')}
      confirm={say('investigator.posting.note')}
      state={day === '' || day > today() || receipt.trim() === '' ? 'incomplete' : 'complete'}
      onClose={onClose}
      onConfirm={async () => {
        await notePosted(order.orderId, { postedOn: day, way, receipt: receipt.trim() });
        await client.invalidateQueries({ queryKey: ['investigator'] });
      }}
    >
      <p>{say('investigator.posting.then', { provider: order.providerId })}</p>
      <DayField label={say('investigator.posting.day')} value={day} onChange={setDay} />
      <Select
        label={say('investigator.order.way')}
        value={way}
        onChange={setWay}
        options={ways.map((value) => ({ value, label: say(`investigator.posting.${value}`) }))}
      />
      <Field
        label={say('investigator.posting.receipt')}
        help={say('investigator.posting.receipt-help')}
        value={receipt}
        onChange={setReceipt}
        need="required"
        maxLength={500}
        focus="first"
      />
    </FormDialog>
  );
};
