import type { Tone } from '../design/index.js';

export const reportShows = ['all', 'waiting', 'failing', 'finished', 'refused'] as const;

export interface ReportsSearch {
  readonly show: (typeof reportShows)[number];
  readonly account?: string;
}

export const readReportsSearch = (search: Record<string, unknown>): ReportsSearch => ({
  show: reportShows.find((show) => show === search.show) ?? 'all',
  ...(typeof search.account === 'string' && search.account !== '' && { account: search.account }),
});

type Standing = 'finished' | 'refused' | 'failing' | 'waiting';

/** How a report stands, for a badge. */
export const standingOf = ({ state, failures }: { readonly state: string; readonly failures: number }): Standing =>
  state === 'finished' || state === 'refused' ? state : failures > 0 ? 'failing' : 'waiting';

export const standingTones: Readonly<Record<Standing, Tone>> = {
  finished: 'good',
  refused: 'alarm',
  failing: 'alarm',
  waiting: 'waiting',
};
