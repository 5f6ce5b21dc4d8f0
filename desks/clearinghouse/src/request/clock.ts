import { done, type Outcome, refused, toInstant, type UtcInstant } from '@tutela/core';
import type { RequestKind, RequestRecord } from './record.js';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

interface Period {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
  /** Days that the one renewal adds; none: it cannot be renewed. */
  readonly renewal?: number;
}

/**
 * Days for which data are kept, by instrument (protocols.md §6.1 and §6.2): a preservation letter 90, renewed once by 90;
 * Budapest Convention Art. 29 not less than 60; EPOC-PR 60, renewed once by 30. The others preserve nothing.
 */
const periods: Readonly<Record<RequestKind, Period | undefined>> = {
  preservation: { least: 1, most: 90, usual: 90, renewal: 90 },
  'budapest-29': { least: 60, most: 365, usual: 90 },
  'epoc-pr': { least: 60, most: 60, usual: 60, renewal: 30 },
  mla: undefined,
  epoc: undefined,
};

export type ClockFault = 'period-not-allowed' | 'not-renewable';

/** Days of preservation of a request or of its renewal; `undefined` where it preserves nothing. */
export const periodOf = (
  { kind, preservationDays: days }: Pick<RequestRecord, 'kind' | 'preservationDays'>,
  turn: 'first' | 'renewal',
): Outcome<number | undefined, ClockFault> => {
  const period = periods[kind];
  if (turn === 'renewal') {
    if (period?.renewal === undefined) return refused('not-renewable', `a request of kind ${kind} is not renewed`);
    if (days !== undefined && days > period.renewal) {
      return refused('period-not-allowed', `a renewal is of ${period.renewal} days at most`);
    }
    return done(days ?? period.renewal);
  }
  if (period === undefined) {
    return days === undefined ? done(undefined) : refused('period-not-allowed', `${kind} preserves nothing`);
  }
  if (days !== undefined && (days < period.least || days > period.most)) {
    return refused('period-not-allowed', `${kind} preserves for ${period.least} to ${period.most} days`);
  }
  return done(days ?? period.usual);
};

/** Until when an answer is awaited. EPOC: 10 days, 8 hours in an emergency (Regulation 2023/1543); the others are ours. */
const replyMs = ({ kind, urgency }: Pick<RequestRecord, 'kind' | 'urgency'>): number => {
  const emergency = urgency.level === 'emergency';
  switch (kind) {
    case 'epoc':
      return emergency ? 8 * hourMs : 10 * dayMs;
    case 'mla':
      return 90 * dayMs;
    case 'preservation':
    case 'budapest-29':
    case 'epoc-pr':
      return emergency ? dayMs : 7 * dayMs;
  }
};

export interface Deadline {
  readonly kind: 'reply' | 'preservation-ends';
  readonly at: UtcInstant;
  readonly remind_at: UtcInstant;
}

/** The clocks that start when a request is sent. Of a preservation somebody is reminded while it can still be renewed. */
export const deadlinesOf = (
  record: Pick<RequestRecord, 'kind' | 'urgency'>,
  days: number | undefined,
  sentAt: UtcInstant,
): readonly Deadline[] => {
  const from = Date.parse(sentAt);
  const stated = record.urgency.deadline === undefined ? Number.NaN : Date.parse(record.urgency.deadline);
  const reply = stated > from ? stated : from + replyMs(record);
  const at = (ms: number): UtcInstant => toInstant(new Date(ms));
  const deadlines: Deadline[] = [{ kind: 'reply', at: at(reply), remind_at: at(from + (reply - from) * 0.75) }];
  if (days !== undefined) {
    const end = from + days * dayMs;
    deadlines.push({ kind: 'preservation-ends', at: at(end), remind_at: at(Math.max(from, end - 14 * dayMs)) });
  }
  return deadlines;
};
