import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { OrderBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Beside, Facts, Section, ShortCode, Timeline } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { AnswerView } from './answer-view.js';
import { OrderActs } from './order-acts.js';
import { orderTones } from './order-states.js';
import { Outgoing } from './outgoing.js';
import { Posting } from './posting.js';
import { orderQuery } from './queries.js';

const route = getRouteApi('/desk/investigator/cases/$case/orders/$order');

/** One order: exactly what goes out, what came back and how sure it is, and what is due. */
export const OrderScreen = () => {
  const { say } = useTongue();
  const { case: caseRef, order: orderId } = route.useParams();
  return (
    <CasePage
      caseRef={caseRef}
      title={say('investigator.order.title', { order: orderId.slice(0, 8) })}
      about={say('investigator.order.about')}
    >
      <Answer query={useQuery(orderQuery(orderId))}>
        {(order) => (
          <Beside
            aside={
              <>
                <Section
                  title={say('investigator.order.state')}
                  actions={
                    <Badge tone={orderTones[order.state]}>{say(`investigator.order-state.${order.state}`)}</Badge>
                  }
                >
                  <OrderFacts {...order} />
                  {order.reason !== null && <p>{order.reason}</p>}
                  <OrderActs order={order} />
                  {order.way === 'letter' && order.state === 'waiting' && order.posted === null && (
                    <Posting order={order} />
                  )}
                </Section>
                <OrderTimes {...order} />
              </>
            }
          >
            {order.observations.map((one) => (
              <AnswerView key={one.observationId} {...one} />
            ))}
            <Outgoing orderId={orderId} />
          </Beside>
        )}
      </Answer>
    </CasePage>
  );
};

const OrderFacts = ({ document, providerId, way, authorityId, answerSha256, posted }: OrderBody) => {
  const { say, day } = useTongue();
  return (
    <Facts
      facts={[
        { name: say('investigator.order.provider'), value: providerId },
        { name: say('investigator.order.way'), value: say(`investigator.way.${way}`) },
        ...(posted === null
          ? []
          : [
              {
                name: say('investigator.posting.posted'),
                value: say('investigator.posting.on-by', {
                  day: day(`${posted.on}T12:00:00Z`),
                  way: say(`investigator.posting.${posted.way}`),
                }),
                form: 'wide' as const,
              },
              { name: say('investigator.posting.receipt'), value: posted.receipt, form: 'wide' as const },
            ]),
        { name: say('investigator.authority.issued-by'), value: document.issuedBy, form: 'wide' },
        { name: say('investigator.authority.offence'), value: document.offence },
        { name: say('investigator.order.disclose'), value: say(`investigator.disclose.${document.disclose}`) },
        { name: say('investigator.order.qualified'), value: say(`investigator.qualified.${document.qualified}`) },
        { name: say('investigator.order.together'), value: say(`investigator.together.${document.together}`) },
        { name: say('investigator.order.purpose'), value: document.purpose, form: 'wide' },
        { name: say('investigator.authority'), value: <ShortCode code={authorityId} /> },
        {
          name: say('investigator.order.answer-digest'),
          value: answerSha256 === null ? null : <ShortCode code={answerSha256} />,
        },
      ]}
    />
  );
};

/** What happened and what is due, in the order of time. */
const OrderTimes = ({ draftedAt, sentAt, dueAt, settledAt, state, overdue, document, way, posted }: OrderBody) => {
  const { say, day } = useTongue();
  const entries = [
    { id: 'issued', at: document.issuedAt, title: say('investigator.order.issued') },
    { id: 'drafted', at: draftedAt, title: say('investigator.order.drafted') },
    ...(sentAt === null
      ? []
      : [
          {
            id: 'sent',
            at: sentAt,
            title: say(way === 'letter' ? 'investigator.posting.ready' : 'investigator.order.sent'),
          },
        ]),
    ...(posted === null
      ? []
      : [
          {
            id: 'posted',
            at: posted.notedAt,
            title: say('investigator.posting.noted', { day: day(`${posted.on}T12:00:00Z`), person: posted.notedBy }),
          },
        ]),
    ...(settledAt === null
      ? []
      : [
          {
            id: 'settled',
            at: settledAt,
            title: say('investigator.order.settled'),
            state: { tone: orderTones[state], text: say(`investigator.order-state.${state}`) },
          },
        ]),
    ...(dueAt === null
      ? []
      : [
          {
            id: 'due',
            at: dueAt,
            title: say('investigator.order.due-at'),
            ...(overdue === 'overdue' && {
              state: { tone: 'alarm' as const, text: say('investigator.overdue.overdue') },
            }),
          },
        ]),
    { id: 'expires', at: document.expiresAt, title: say('investigator.order.expires') },
  ];
  return (
    <Section title={say('investigator.order.times')}>
      <Timeline
        label={say('investigator.order.times')}
        entries={entries.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))}
      />
    </Section>
  );
};
