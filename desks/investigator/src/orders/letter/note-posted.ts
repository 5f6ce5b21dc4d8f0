import { type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import type { By } from '../../case/cases.js';
import type { OrderRow } from '../queries.js';
import type { OrderId, PostingWay } from '../schema.js';
import { tellOrder, written } from '../tell.js';
import { insertPosting } from './queries.js';
import { type LetterFault, waitingLetter } from './waiting-letter.js';

export interface Posting {
  readonly orderId: OrderId;
  /** Day of the calendar where it was posted: `2026-03-20`. */
  readonly postedOn: string;
  readonly way: PostingWay;
  /** Number of the posting, or whose signature was given for it. */
  readonly receipt: string;
}

export type PostedFault = LetterFault | 'day-impossible' | 'posted-before';

/**
 * Notes that the letter of an approved order was posted. Once, and it does not move the day on which an answer is due:
 * the letter itself names that.
 */
export const notePosted = async (
  tx: Tx,
  { orderId, postedOn, way, receipt }: Posting,
  { by, at }: By,
): Promise<Outcome<OrderRow, PostedFault>> => {
  const found = await waitingLetter(tx, orderId);
  if (found.kind !== 'done') return found;
  const { case_ref: caseRef, provider_id: provider, sent_at: approvedAt } = found.value;
  if (!isDayBetween(postedOn, approvedAt ?? at, at))
    return refused('day-impossible', 'a letter is posted once its order is approved, and not on a day to come');
  const row = { order_id: orderId, case_ref: caseRef, posted_on: postedOn, way, receipt, noted_at: at, noted_by: by };
  if ((await insertPosting(tx, row)) === undefined)
    return refused('posted-before', `the letter of order ${orderId} was noted as posted before`);
  await tellOrder(tx, {
    type: 'order-posted',
    caseRef,
    orderId,
    by,
    at,
    payload: { provider, postedOn, way, receipt },
    more: [written('order_posting', { order_id: orderId }, postingColumns)],
  });
  return found;
};

const postingColumns = ['case_ref', 'posted_on', 'way', 'receipt', 'noted_at', 'noted_by'] as const;

/** It may be a day earlier or later there than it is in UTC. */
const isDayBetween = (day: string, from: UtcInstant, to: UtcInstant): boolean => {
  const noon = Date.parse(`${day}T12:00:00Z`);
  const isDay = !Number.isNaN(noon) && new Date(noon).toISOString().startsWith(day);
  return isDay && noon > Date.parse(from) - dayMs && noon < Date.parse(to) + dayMs;
};
const dayMs = 86_400_000;
