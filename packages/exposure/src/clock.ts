import { toInstant, type UtcInstant } from '@tutela/core';
import type { ExposureRules } from './rules.js';

/** A stretch of time during which an original was on somebody's screen; it ends by itself at `closesAt`. */
export interface Span {
  readonly startedAt: UtcInstant;
  readonly closesAt: UtcInstant;
  readonly endedAt: UtcInstant | null;
}

/** The day of an instant where the organisation is, `YYYY-MM-DD`. */
export const dayOf = (at: UtcInstant, { timeZone }: Pick<ExposureRules, 'timeZone'>): string => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return format.format(new Date(at));
};

export const plusSeconds = (at: UtcInstant, seconds: number): UtcInstant =>
  toInstant(new Date(Date.parse(at) + seconds * 1000));

/** When it was over, as far as is known at `now`. */
export const endOf = ({ closesAt, endedAt }: Span, now: UtcInstant): UtcInstant =>
  endedAt ?? (now < closesAt ? now : closesAt);

/** Whole seconds, begun ones counted: a look of half a second was a look. */
export const secondsBetween = (start: UtcInstant, end: UtcInstant): number =>
  Math.max(1, Math.ceil((Date.parse(end) - Date.parse(start)) / 1000));

/**
 * Seconds from the first look after the last break until now; 0 during a break. A break is `breakSeconds` in which
 * nothing was revealed.
 * @param spans in any order
 */
export const workedWithoutBreak = (
  spans: readonly Span[],
  now: UtcInstant,
  { breakSeconds }: Pick<ExposureRules, 'breakSeconds'>,
): number => {
  let since = Date.parse(now);
  for (const span of spans.toSorted((one, other) => (endOf(one, now) < endOf(other, now) ? 1 : -1))) {
    if (since - Date.parse(endOf(span, now)) >= breakSeconds * 1000) break;
    since = Math.min(since, Date.parse(span.startedAt));
  }
  return Math.floor((Date.parse(now) - since) / 1000);
};
