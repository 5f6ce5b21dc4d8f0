import { createHash } from 'node:crypto';
import type { AnswerDocument, OrderDocument } from '@tutela/attribution/exchange';
import { done, type UtcInstant } from '@tutela/core';
import type { AnswerRecord, ChronologyRecord, OrderRecord } from '@tutela/evidence';
import { findAnswer, findProvider, listOrders, type OrderRow } from '../../orders/queries.js';
import type { CaseItem, MaterialPart, SourceDeps } from '../material-source.js';

type Answer = NonNullable<Awaited<ReturnType<typeof findAnswer>>>;
type Kept = Pick<SourceDeps, 'db'>;
type PseudonymOf = (handle: string) => string;

/**
 * What providers were asked and what they answered: the records name a subscriber by a pseudonym alone, and each document
 * is an item as it went out or came, to be handed out or left out like any other.
 */
export const orderMaterial = async (deps: Kept, caseRef: string): Promise<MaterialPart> => {
  const pseudonymOf = pseudonyms();
  const parts = [];
  for (const [at, row] of (await ordersSent(deps, caseRef)).entries())
    parts.push(await oneOrder(deps, row, `order-${at + 1}`, pseudonymOf));
  return {
    orders: parts.map(({ order }) => order),
    answers: parts.flatMap(({ answers }) => answers),
    items: parts.flatMap(({ items }) => items),
    chronology: parts.flatMap(({ chronology }) => chronology),
  };
};

interface SentOrder extends OrderRow {
  readonly sent_at: UtcInstant;
}

/** In the order in which they went out, so that one that goes out later changes the number of none. */
const ordersSent = async ({ db }: Kept, caseRef: string): Promise<readonly SentOrder[]> =>
  (await listOrders(db, caseRef))
    .filter((row): row is SentOrder => row.sent_at !== null)
    .sort((one, other) => (`${one.sent_at} ${one.order_id}` < `${other.sent_at} ${other.order_id}` ? -1 : 1));

/** The same for the same handle throughout a case. */
const pseudonyms = (): PseudonymOf => {
  const known = new Map<string, string>();
  return (handle) => {
    const pseudonym = known.get(handle) ?? `subscriber-${known.size + 1}`;
    known.set(handle, pseudonym);
    return pseudonym;
  };
};

const oneOrder = async ({ db }: Kept, row: SentOrder, id: string, pseudonymOf: PseudonymOf) => {
  const [provider, answer] = await Promise.all([findProvider(db, row.provider_id), findAnswer(db, row.order_id)]);
  const addressee = provider?.name ?? row.provider_id;
  const document = JSON.parse(row.document) as OrderDocument;
  const sent: ChronologyRecord = { at: row.sent_at, what: `${id} sent to ${addressee}`, source: id };
  const own = item(row, `${id}-document`, `${id}.json`, Buffer.from(row.document, 'utf8'), row.sha256);
  const order = orderRecord(row, id, addressee, document);
  if (answer === undefined) return { order, answers: [], items: [own], chronology: [sent] };
  const answered = JSON.parse(answer.document.toString('utf8')) as AnswerDocument;
  const came: ChronologyRecord = { at: answer.received_at, what: `${id} answered by ${addressee}`, source: id };
  return {
    order,
    answers: answerRecords(answer, answered, id, pseudonymOf),
    items: [own, item(row, `${id}-answer`, `${id}-answer.json`, answer.document, answer.sha256)],
    chronology: [sent, came],
  };
};

const orderRecord = (row: SentOrder, id: string, addressee: string, document: OrderDocument): OrderRecord => ({
  id,
  kind: 'production-order',
  authority: row.authority_id,
  addressee,
  issuedAt: document.issuedAt as UtcInstant,
  sentAt: row.sent_at,
  questions: document.observations.map(({ ip, port, proto, from, to = from }) => ({
    address: ip,
    ...(port !== undefined && { port }),
    ...(proto !== undefined && { protocol: proto }),
    from: from.utc as UtcInstant,
    to: to.utc as UtcInstant,
  })),
  disclosure: document.disclose,
  documentSha256: row.sha256,
});

const answerRecords = (
  { sha256 }: Answer,
  { answers, together, releasedAt }: AnswerDocument,
  order: string,
  pseudonymOf: PseudonymOf,
): readonly AnswerRecord[] => {
  const common = { order, at: releasedAt as UtcInstant, documentSha256: sha256 };
  const whoIn = (handle: string | undefined) =>
    handle === undefined || handle === 'withheld' ? {} : { subscriber: pseudonymOf(handle) };
  return [
    ...answers.map(({ released }, at): AnswerRecord => {
      const { outcome, candidates, reasons, caveats } = released;
      return {
        ...common,
        id: `${order}-answer-${at + 1}`,
        question: at + 1,
        outcome,
        candidates,
        ...('margin' in released && released.margin !== undefined && { margin: marginOf(released.margin) }),
        ...whoIn('subscriber' in released ? released.subscriber : undefined),
        reasons,
        caveats,
      };
    }),
    ...(together === undefined ? [] : [together]).map(
      ({ outcome, candidates, reasons, caveats, subscriber }): AnswerRecord => ({
        ...common,
        id: `${order}-answer-together`,
        outcome,
        candidates,
        ...whoIn(subscriber),
        reasons,
        caveats,
      }),
    ),
  ];
};

type Released = AnswerDocument['answers'][number]['released'];
type Margin = NonNullable<Extract<Released, { readonly candidates: 1 }>['margin']>;

/** `at-least` says that the log has nobody else on that side. */
const marginOf = ({ before, after }: Margin): NonNullable<AnswerRecord['margin']> => ({
  ...(before.kind === 'exact' && { beforeSeconds: before.ms / 1000 }),
  ...(after.kind === 'exact' && { afterSeconds: after.ms / 1000 }),
});

const item = ({ provider_id }: OrderRow, id: string, name: string, bytes: Buffer, sha256: string): CaseItem => ({
  id,
  as: 'original',
  name,
  mediaType: 'application/json',
  bytes: BigInt(bytes.length),
  digests: { sha256, md5: createHash('md5').update(bytes).digest('hex') },
  object: { sourceId: `provider/${provider_id}`, itemRef: id, path: name, fileClass: 'document', terms: [] },
  open: async () => done(inOne(bytes)),
});

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
