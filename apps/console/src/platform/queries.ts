import type { ListsBody, MatchBody, MatchesBody, OverviewBody } from '@tutela/platform-desk/api';
import type { WindowAsked } from '@tutela/window';
import { read, send } from '../app/api.js';
import type { MatchState } from './match-states.js';

export type MatchRow = MatchesBody['rows'][number];

export const readMatches =
  (filter: { readonly state: MatchState; readonly account: string | undefined }) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<MatchesBody> =>
    read<MatchesBody>('/platform/matches/window', { query: { ...filter, ...asked }, signal });

export const matchQuery = (id: string) => ({
  queryKey: ['platform', 'match', id],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<MatchBody>(`/platform/matches/${id}`, { signal }),
});

export const decideMatch = (id: string, decision: 'confirmed' | 'dismissed', reason: string): Promise<unknown> =>
  send(`/platform/matches/${id}/decision`, { decision, reason });

export const overviewQuery = {
  queryKey: ['platform', 'overview'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<OverviewBody>('/platform/overview', { signal }),
};

export const listsQuery = {
  queryKey: ['platform', 'lists'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<ListsBody>('/platform/lists', { signal }),
};
