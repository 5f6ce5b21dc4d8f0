import type { FetchEvery } from '@tutela/investigator-desk';

const minutesOf = { m: 1, h: 60, d: 1440 } as const;
const longest = 7 * 1440;

/** What a feed is fetched at where the operator says nothing. */
export const usualEvery: FetchEvery = 15;

/** `15m`, `2h`, `1d` or `never`. @throws SyntaxError */
export const parseEvery = (text: string): FetchEvery => {
  if (text === 'never') return text;
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const minutes = Number(count) * minutesOf[unit as keyof typeof minutesOf];
  if (minutes >= 1 && minutes <= longest) return minutes;
  throw new SyntaxError('not 1m to 7d, such as 15m or 2h, and not never');
};

/** As `parseEvery` reads it. */
export const formatEvery = (every: FetchEvery): string => {
  if (every === 'never') return every;
  const unit = (['d', 'h', 'm'] as const).find((one) => every % minutesOf[one] === 0) ?? 'm';
  return `${every / minutesOf[unit]}${unit}`;
};
