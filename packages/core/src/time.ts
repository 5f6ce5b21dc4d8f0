import type { Branded } from './ids.js';

/** A moment as fixed-form RFC 3339 text in UTC with milliseconds: `2026-03-01T10:15:00.000Z`. */
export type UtcInstant = Branded<string, 'UtcInstant'>;

/** Where the time comes from; tests inject their own. */
export interface Clock {
  readonly now: () => UtcInstant;
}

export const systemClock: Clock = { now: () => toInstant(new Date()) };

/** @throws RangeError for an invalid date. */
export const toInstant = (date: Date): UtcInstant => date.toISOString() as UtcInstant;

const withZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * The moment named by RFC 3339 text; `undefined` when it is not a real one or names no zone, since a moment without
 * a zone is not a moment. Digits beyond milliseconds are cut.
 */
export const parseInstant = (text: string): UtcInstant | undefined => {
  if (!withZone.test(text)) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return undefined;
  // JavaScript turns 30 February into 2 March: the day has to come back as it was written.
  const local = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return local.toISOString().slice(0, 10) === text.slice(0, 10) ? toInstant(date) : undefined;
};
