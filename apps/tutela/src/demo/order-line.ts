import type { AnsweredObservation, OrderView } from '@tutela/investigator-desk';

type Answer = NonNullable<AnsweredObservation['answer']>;
type Distance = NonNullable<Extract<Answer, { readonly candidates: 1 }>['margin']>['before'];

/**
 * What a provider was asked and answered, as a line of its own; nothing where nobody was asked. A report may state one
 * connection twice, of the person and of the file: it is told once.
 */
export const orderLine = (order: OrderView | undefined): string =>
  order === undefined
    ? ''
    : [...new Set(order.observations.map((observation) => `${told(order, observation)}\n`))].join('');

/** Each answer had to be one subscriber exactly. */
export const orderFault = (order: OrderView | undefined): readonly string[] =>
  (order?.observations ?? []).flatMap(({ answer }) =>
    answer?.outcome === 'EXACT_ONE' ? [] : [`order: expected EXACT_ONE, found ${answer?.outcome ?? 'no answer'}`],
  );

const told = ({ orderId, providerId }: OrderView, { asked, answer }: AnsweredObservation): string => {
  const port = asked.port === undefined ? '' : ` port ${asked.port}`;
  const question = `order ${orderId} to ${providerId}: ${asked.ip}${port} at ${asked.from.utc}`;
  return `${question}: ${answer === null ? 'no answer' : `${answer.outcome}, ${marginOf(answer)}`}`;
};

const marginOf = (answer: Answer): string =>
  'margin' in answer && answer.margin !== undefined
    ? `nearest other subscriber ${seconds(answer.margin.before)} before, ${seconds(answer.margin.after)} after`
    : 'no margin';

const seconds = ({ kind, ms }: Distance): string => `${kind === 'exact' ? '' : 'no less than '}${ms / 1000} s`;
