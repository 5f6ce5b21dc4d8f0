import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Badge, EmptyState, Page, QueueTable, Select, Time } from '../../design/index.js';
import { type OrderRow, readOrders } from '../queries.js';
import { orderFilters, orderTones } from '../states.js';

const route = getRouteApi('/desk/provider/orders');

/** Orders as they came in, newest first; the filter stands in the address. */
export const OrdersScreen = () => {
  const { say, number, away } = useTongue();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      height="full"
      title={say('provider.orders.title')}
      about={say('provider.orders.about')}
      actions={
        <Select
          label={say('provider.order.state')}
          labelPlace="inside"
          value={state}
          onChange={(chosen) => void navigate({ search: { state: chosen } })}
          options={orderFilters.map((value) => ({ value, label: say(`provider.state.${value}`) }))}
        />
      }
    >
      <QueueTable<OrderRow>
        key={state}
        label={say('provider.orders.title')}
        queryKey={['provider', 'orders', state]}
        read={readOrders(state)}
        rowKey={({ orderId }) => orderId}
        onOpen={({ orderId }) => void navigate({ to: '/desk/provider/orders/$order', params: { order: orderId } })}
        empty={<EmptyState title={say('provider.orders.none')}>{say('provider.orders.none-why')}</EmptyState>}
        columns={[
          {
            id: 'state',
            header: say('provider.order.state'),
            width: '9rem',
            cell: (row) => <Badge tone={orderTones[row.state]}>{say(`provider.state.${row.state}`)}</Badge>,
          },
          { id: 'agency', header: say('provider.order.agency'), cell: (row) => row.agency },
          { id: 'reference', header: say('provider.order.reference'), width: '2fr', cell: (row) => row.reference },
          {
            id: 'received',
            header: say('provider.order.received'),
            width: '13rem',
            cell: (row) => <Time at={row.receivedAt} />,
          },
          {
            id: 'deadline',
            header: say('provider.order.deadline'),
            width: '9rem',
            cell: (row) => (row.state === 'received' ? away(row.expiresAt, new Date()) : null),
          },
          {
            id: 'near',
            header: say('provider.order.asked-before'),
            width: '8rem',
            align: 'end',
            cell: (row) =>
              row.nearDuplicates === 0 ? number(0) : <Badge tone="alarm">{number(row.nearDuplicates)}</Badge>,
          },
        ]}
      />
    </Page>
  );
};
