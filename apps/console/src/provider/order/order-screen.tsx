import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Beside, History, Page, Section } from '../../design/index.js';
import { historyQuery, orderQuery } from '../queries.js';
import { OrderAnswers } from './order-answers.js';
import { OrderDecision } from './order-decision.js';
import { OrderWords } from './order-words.js';
import { ScopeCheck } from './scope-check.js';

const route = getRouteApi('/desk/provider/orders/$order');

/** One order: its words, each question held against them, the decision and the history beside it. */
export const OrderScreen = () => {
  const { say, sayIfKnown } = useTongue();
  const { order: id } = route.useParams();
  const query = useQuery(orderQuery(id));
  const history = useQuery(historyQuery(id));
  return (
    <Page
      title={say('provider.order.title')}
      about={say('provider.order.about')}
      actions={
        <Link to="/desk/provider/orders" search={{ state: 'received' }}>
          {say('provider.order.back')}
        </Link>
      }
    >
      <Answer query={query}>
        {(order) => (
          <Beside
            aside={
              <>
                <OrderDecision order={order} />
                <Section title={say('common.history')}>
                  <Answer query={history}>
                    {({ events }) => (
                      <History
                        events={events.map(({ type, ...event }) => ({
                          ...event,
                          what: sayIfKnown(`provider.event.${type.replace('provider.', '')}`) ?? type,
                        }))}
                      />
                    )}
                  </Answer>
                </Section>
              </>
            }
          >
            <OrderWords order={order} />
            <ScopeCheck id={id} />
            <OrderAnswers order={order} />
          </Beside>
        )}
      </Answer>
    </Page>
  );
};
