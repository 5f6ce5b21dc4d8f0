import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Section, Time } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { ObservationGroups } from './observation-groups.js';
import { Observations } from './observations.js';
import { orderTones } from './order-states.js';
import { ordersQuery } from './queries.js';

const route = getRouteApi('/desk/investigator/cases/$case/orders');

/** From addresses seen to answers: what was observed, whom to ask, what was asked. */
export const OrdersScreen = () => {
  const { say } = useTongue();
  const { case: caseRef } = route.useParams();
  return (
    <CasePage caseRef={caseRef} title={say('investigator.orders.title')} about={say('investigator.orders.about')}>
      <Section title={say('investigator.orders.made')}>
        <Answer query={useQuery(ordersQuery(caseRef))}>
          {({ orders }) =>
            orders.length === 0 ? (
              <EmptyState title={say('investigator.orders.none')}>{say('investigator.orders.none-why')}</EmptyState>
            ) : (
              <DataTable
                caption={say('investigator.orders.caption')}
                rows={orders}
                rowKey={({ orderId }) => orderId}
                columns={[
                  {
                    id: 'provider',
                    header: say('investigator.order.provider'),
                    cell: ({ orderId, providerId }) => (
                      <Link
                        to="/desk/investigator/cases/$case/orders/$order"
                        params={{ case: caseRef, order: orderId }}
                      >
                        {providerId} · {orderId.slice(0, 8)}
                      </Link>
                    ),
                  },
                  {
                    id: 'state',
                    header: say('investigator.order.state'),
                    cell: ({ state }) => (
                      <Badge tone={orderTones[state]}>{say(`investigator.order-state.${state}`)}</Badge>
                    ),
                  },
                  {
                    id: 'overdue',
                    header: say('investigator.order.due'),
                    cell: ({ overdue }) => (
                      <Badge tone={overdue === 'overdue' ? 'alarm' : 'neutral'}>
                        {say(`investigator.overdue.${overdue}`)}
                      </Badge>
                    ),
                  },
                  {
                    id: 'way',
                    header: say('investigator.order.way'),
                    cell: ({ way }) => say(`investigator.way.${way}`),
                  },
                  {
                    id: 'drafted',
                    header: say('investigator.order.drafted'),
                    cell: (row) => <Time at={row.draftedAt} />,
                  },
                  { id: 'sent', header: say('investigator.order.sent'), cell: ({ sentAt }) => <Time at={sentAt} /> },
                  { id: 'dueAt', header: say('investigator.order.due-at'), cell: ({ dueAt }) => <Time at={dueAt} /> },
                  {
                    id: 'settled',
                    header: say('investigator.order.settled'),
                    cell: (row) => <Time at={row.settledAt} />,
                  },
                ]}
              />
            )
          }
        </Answer>
      </Section>
      <ObservationGroups caseRef={caseRef} />
      <Observations caseRef={caseRef} />
    </CasePage>
  );
};
