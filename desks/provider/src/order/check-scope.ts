import { admitToOrder } from '@tutela/attribution';
import type { OrderDocument } from '@tutela/attribution/exchange';
import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { dayName } from '../ingest/day-segments.js';
import { findOrder } from '../queries/orders.js';
import { keptSegments } from '../queries/segments.js';
import { questionsOf } from './answer-questions.js';

/** One question of an order, held against the order itself and against what log is kept of its days. */
export interface CheckedQuestion {
  readonly ordinal: number;
  readonly asked: OrderDocument['observations'][number];
  readonly scope: 'covered' | 'refused';
  readonly reason: string | null;
  /** Kept of its days, and the gaps in them. */
  readonly segments: number;
  readonly gaps: number;
}

const dayMs = 86_400_000;

/** What of an order it covers itself. No segment is opened for it. */
export const checkScope = async (
  db: Db,
  orderId: string,
  at: UtcInstant,
): Promise<readonly CheckedQuestion[] | undefined> => {
  const row = await findOrder(db, orderId);
  if (row === undefined) return undefined;
  const document = JSON.parse(row.document) as OrderDocument;
  const { order, observations } = questionsOf(orderId, document, at);
  const daysOf = observations.map(({ from, to }) => daysBetween(from.at, to.at));
  const kept = await keptSegments(db, [...new Set(daysOf.flat())].sort());
  return observations.map((observation, ordinal) => {
    const admitted = admitToOrder(observation, order, { purpose: order.purpose, now: Date.parse(at) });
    const own = kept.filter(({ day }) => daysOf[ordinal]?.includes(day));
    return {
      ordinal,
      asked: document.observations[ordinal] as OrderDocument['observations'][number],
      scope: admitted.kind === 'done' ? 'covered' : 'refused',
      reason: admitted.kind === 'done' ? null : admitted.reason.code,
      segments: own.length,
      gaps: own.reduce((sum, { gaps }) => sum + gaps, 0),
    };
  });
};

const daysBetween = (from: number, to: number): readonly string[] => {
  const days: string[] = [];
  for (let at = from; at <= to; at += dayMs) days.push(dayName(at));
  return [...new Set([...days, dayName(to)])];
};
