import type { AnswerRecord, OrderRecord } from '../../material/records.js';
import { type Block, facts, heading, paragraph, section } from '../blocks.js';
import type { MessageKey, Say } from '../messages/messages.js';
import { moment, type Telling } from '../report-input.js';

export const orders = ({ say, material }: Telling): readonly Block[] => {
  const { orders: sent = [], answers = [] } = material;
  if (sent.length === 0 && answers.length === 0) return [section(say('orders.title')), paragraph(say('orders.none'))];
  const known = new Set(sent.map(({ id }) => id));
  return [
    section(say('orders.title')),
    { kind: 'caution', text: say('orders.subscriber-is-not-user') },
    ...sent.flatMap((order) => {
      const own = answers.filter((each) => each.order === order.id);
      return [
        ...one(say, order),
        ...(own.length === 0 ? [paragraph(say('orders.no-answer'))] : own.flatMap((each) => answer(say, each))),
      ];
    }),
    ...answers.filter(({ order }) => !known.has(order)).flatMap((each) => answer(say, each)),
  ];
};

const one = (say: Say, order: OrderRecord): readonly Block[] => [
  heading(say('orders.heading', { id: order.id })),
  facts(
    [say('orders.kind'), order.kind],
    [say('orders.addressee'), order.addressee],
    [say('orders.authority'), order.authority],
    [say('orders.issued-at'), moment(order.issuedAt)],
    [say('orders.sent-at'), order.sentAt && moment(order.sentAt)],
    ...order.questions.map(
      (question, at) => [say('orders.asked', { number: at + 1 }), questionText(say, question)] as const,
    ),
    [say('orders.disclosure'), say(`orders.disclosure.${order.disclosure}`)],
    ['SHA-256', order.documentSha256],
  ),
];

const questionText = (
  say: Say,
  { address, port, protocol = '', from, to }: OrderRecord['questions'][number],
): string => {
  const time = { from: moment(from), to: moment(to) };
  if (port === undefined) return say('orders.question', { address, ...time });
  const key: MessageKey = protocol === '' ? 'orders.question-port' : 'orders.question-port-protocol';
  return say(key, { address, port, protocol, ...time });
};

const answer = (say: Say, record: AnswerRecord): readonly Block[] => [
  heading(say('answers.heading', { id: record.id })),
  facts(
    [say('answers.at'), moment(record.at)],
    [say('answers.question'), record.question === undefined ? undefined : String(record.question)],
    [say('answers.outcome'), record.outcome],
    [say('answers.means'), say(`outcome.${record.outcome}`)],
    [say('answers.candidates'), record.candidates === undefined ? undefined : String(record.candidates)],
    [say('answers.margin'), record.margin && marginText(say, record.margin)],
    [say('answers.subscriber'), record.subscriber],
    [say('answers.reasons'), record.reasons.length === 0 ? undefined : record.reasons.join('\n')],
    [say('answers.caveats'), record.caveats.length === 0 ? undefined : record.caveats.join('\n')],
    ['SHA-256', record.documentSha256],
  ),
];

const marginText = (say: Say, { beforeSeconds, afterSeconds }: NonNullable<AnswerRecord['margin']>): string => {
  if (beforeSeconds !== undefined && afterSeconds !== undefined) {
    return say('answers.margin.both', { before: beforeSeconds, after: afterSeconds });
  }
  if (beforeSeconds !== undefined) return say('answers.margin.before', { before: beforeSeconds });
  if (afterSeconds !== undefined) return say('answers.margin.after', { after: afterSeconds });
  return say('answers.margin.none');
};
