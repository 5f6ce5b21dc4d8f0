import type { Language } from './languages.js';

/** RFC 3339 text, milliseconds since 1970, or a date. */
export type Moment = string | number | Date;

const distances = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

export interface MomentFormats {
  readonly moment: (at: Moment) => string;
  readonly day: (at: Moment) => string;
  readonly away: (at: Moment, now: Date) => string;
}

/** Moments of a zone. What is no moment comes back as it was written: records hold such things too. */
export const momentFormats = (language: Language, timeZone: string): MomentFormats => {
  const full = new Intl.DateTimeFormat(language, {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  const days = new Intl.DateTimeFormat(language, { timeZone, year: 'numeric', month: 'short', day: '2-digit' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const written = (at: Moment, format: (date: Date) => string): string => {
    const date = new Date(at);
    return Number.isNaN(date.getTime()) ? String(at) : format(date);
  };
  return {
    moment: (at) => written(at, (date) => full.format(date)),
    day: (at) => written(at, (date) => days.format(date)),
    away: (at, now) =>
      written(at, (date) => {
        const seconds = (date.getTime() - now.getTime()) / 1000;
        const [unit, length] = distances.find(([, one]) => Math.abs(seconds) >= one) ?? ['minute', 60];
        return relative.format(Math.trunc(seconds / length), unit);
      }),
  };
};
