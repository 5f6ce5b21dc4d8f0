import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { PersonId } from '@tutela/policy';
import { dayOf, endOf, type Span, secondsBetween, workedWithoutBreak } from '../clock.js';
import type { ExposureRules } from '../rules.js';
import { addedSeconds, revealsOfDay } from './queries.js';
import type { RevealRow } from './tables.js';

/** One person's day. */
export interface PersonClock {
  readonly day: string;
  /** Originals looked at. */
  readonly looks: number;
  /** Of originals on the screen. */
  readonly seconds: number;
  /** The organisation's, and what two people added today. */
  readonly limitSeconds: number;
  readonly limit: 'within' | 'reached';
  /** Since the first look after the last break. */
  readonly workedSeconds: number;
  readonly rest: 'due' | 'not-due';
  /** On the screen now. */
  readonly open: RevealRow | undefined;
}

export const readClock = async (
  db: Db,
  rules: ExposureRules,
  person: PersonId,
  now: UtcInstant,
): Promise<PersonClock> => {
  const day = dayOf(now, rules);
  const reveals = await revealsOfDay(db, person, day);
  const spans = reveals.map(spanOf);
  const seconds = spans.reduce((sum, span) => sum + secondsBetween(span.startedAt, endOf(span, now)), 0);
  const limitSeconds = rules.limitSeconds + (await addedSeconds(db, person, day));
  const workedSeconds = workedWithoutBreak(spans, now, rules);
  return {
    day,
    looks: reveals.length,
    seconds,
    limitSeconds,
    limit: seconds < limitSeconds ? 'within' : 'reached',
    workedSeconds,
    rest: workedSeconds < rules.workSeconds ? 'not-due' : 'due',
    open: reveals.find((row) => row.ended_at === null && now < row.closes_at),
  };
};

const spanOf = ({ started_at: startedAt, closes_at: closesAt, ended_at: endedAt }: RevealRow): Span => ({
  startedAt,
  closesAt,
  endedAt,
});
