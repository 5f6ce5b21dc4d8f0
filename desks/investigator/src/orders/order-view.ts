import type { AnswerDocument, OrderDocument } from '@tutela/attribution/exchange';
import type { Db } from '@tutela/db';
import type { LetterInput } from './letter/letter-text.js';
import { findPosting } from './letter/queries.js';
import {
  findAnswer,
  findLetterAnswer,
  findOrder,
  findProvider,
  listAsked,
  listOrders,
  type OrderRow,
} from './queries.js';
import type { ObservationId, OrderId, OrderState, PostingWay } from './schema.js';

export interface OrderSummary {
  readonly orderId: OrderId;
  readonly caseRef: string;
  readonly providerId: string;
  readonly way: 'exchange' | 'letter';
  readonly state: OrderState;
  /** Past its day without an answer. */
  readonly overdue: 'overdue' | 'in-time' | 'not-awaited';
  readonly sha256: string;
  readonly draftedAt: string;
  readonly sentAt: string | null;
  readonly dueAt: string | null;
  readonly settledAt: string | null;
  readonly reason: string | null;
}

type Released = AnswerDocument['answers'][number]['released'];

/** One observation of an order and what came back; `identity` only where the order asked for it and one was told. */
export interface AnsweredObservation {
  readonly ordinal: number;
  readonly observationId: ObservationId;
  readonly asked: OrderDocument['observations'][number];
  readonly answer: (Released & { readonly answerId: string; readonly recordSha256: string }) | null;
  readonly identity: AnswerDocument['identities'][number] | null;
}

export interface OrderView extends OrderSummary {
  readonly authorityId: string;
  readonly document: OrderDocument;
  readonly observations: readonly AnsweredObservation[];
  readonly together: NonNullable<AnswerDocument['together']> | null;
  /** Of the answers as they came. */
  readonly answerSha256: string | null;
  /** Of an order by letter: when and how it left. */
  readonly posted: {
    /** A day, such as `2026-03-20`. */
    readonly on: string;
    readonly way: PostingWay;
    readonly receipt: string;
    readonly notedAt: string;
    readonly notedBy: string;
  } | null;
  /** Of an answer by letter: who typed it off which document, and who compared it; until then it is no answer. */
  readonly letter: {
    readonly scanSha256: string;
    readonly transcribedBy: string;
    readonly checkedBy: string | null;
    /** What was typed, for whoever checks it. */
    readonly typed: AnswerDocument;
  } | null;
}

export const listOrderSummaries = async (
  db: Db,
  caseRef: string | undefined,
  now: string,
): Promise<readonly OrderSummary[]> => (await listOrders(db, caseRef)).map((row) => summaryOf(row, now));

/** An order with its answers as they stand in the case: outcome, reasons, margin and caveats of each. */
export const viewOrder = async (db: Db, orderId: OrderId, now: string): Promise<OrderView | undefined> => {
  const row = await findOrder(db, orderId);
  if (row === undefined) return undefined;
  const [asked, answer, letter, posting] = await Promise.all([
    listAsked(db, orderId),
    findAnswer(db, orderId),
    findLetterAnswer(db, orderId),
    findPosting(db, orderId),
  ]);
  const document = JSON.parse(row.document) as OrderDocument;
  const answers = answer === undefined ? undefined : (JSON.parse(answer.document.toString('utf8')) as AnswerDocument);
  return {
    ...summaryOf(row, now),
    authorityId: row.authority_id,
    document,
    observations: asked.map(({ ordinal, observation_id: observationId }) => ({
      ordinal,
      observationId,
      asked: document.observations[ordinal] as OrderDocument['observations'][number],
      ...answerAt(answers, ordinal),
    })),
    together: answers?.together ?? null,
    answerSha256: answer?.sha256 ?? null,
    posted:
      posting === undefined
        ? null
        : {
            on: posting.posted_on,
            way: posting.way,
            receipt: posting.receipt,
            notedAt: posting.noted_at,
            notedBy: posting.noted_by,
          },
    letter:
      letter === undefined
        ? null
        : {
            scanSha256: letter.scan_sha256,
            transcribedBy: letter.transcribed_by,
            checkedBy: letter.checked_by,
            typed: JSON.parse(letter.document.toString('utf8')) as AnswerDocument,
          },
  };
};

const answerAt = (
  answers: AnswerDocument | undefined,
  ordinal: number,
): Pick<AnsweredObservation, 'answer' | 'identity'> => {
  const found = answers?.answers[ordinal];
  if (found === undefined) return { answer: null, identity: null };
  const { released, answerId, recordSha256 } = found;
  const handle = 'subscriber' in released ? released.subscriber : undefined;
  const identity = answers?.identities.find(({ subscriber }) => subscriber === handle) ?? null;
  return { answer: { ...released, answerId, recordSha256 }, identity };
};

export const summaryOf = (row: OrderRow, now: string): OrderSummary => ({
  orderId: row.order_id,
  caseRef: row.case_ref,
  providerId: row.provider_id,
  way: row.way,
  state: row.state,
  overdue: overdueOf(row, now),
  sha256: row.sha256,
  draftedAt: row.drafted_at,
  sentAt: row.sent_at,
  dueAt: row.due_at,
  settledAt: row.settled_at,
  reason: row.reason,
});

const overdueOf = ({ state, due_at: due }: OrderRow, now: string): OrderSummary['overdue'] => {
  if (state !== 'sending' && state !== 'waiting') return 'not-awaited';
  return due !== null && due < now ? 'overdue' : 'in-time';
};

/** What the letter of an order is made of; `undefined` for an order that nobody has approved. */
export const letterInputOf = async (db: Db, orderId: OrderId): Promise<LetterInput | undefined> => {
  const row = await findOrder(db, orderId);
  const provider = row === undefined ? undefined : await findProvider(db, row.provider_id);
  if (row === undefined || provider === undefined || row.due_at === null) return undefined;
  const document = JSON.parse(row.document) as OrderDocument;
  return { document, sha256: row.sha256, language: provider.language, dueAt: row.due_at };
};
