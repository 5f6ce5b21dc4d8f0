import type { Team } from '@tutela/exposure/api';
import type { DeadlinesBody, EventsBody, FilterBody, FreezesBody, RolesBody } from '@tutela/oversight/api';
import type { WindowAsked } from '@tutela/window';
import { read, request } from '../app/api.js';

interface Signalled {
  readonly signal: AbortSignal;
}
const asked = <Body>(name: string, path: string) => ({
  queryKey: ['oversight', name],
  queryFn: ({ signal }: Signalled) => read<Body>(path, { signal }),
});

export type EventRow = EventsBody['rows'][number];

export const readEvents =
  (filter: { readonly case?: string; readonly type?: string }) =>
  (window: WindowAsked, signal: AbortSignal): Promise<EventsBody> =>
    read<EventsBody>('/oversight/events', { query: { ...filter, ...window }, signal });

export const deadlinesQuery = asked<DeadlinesBody>('deadlines', '/oversight/deadlines?days=90');
export const freezesQuery = asked<FreezesBody>('freezes', '/oversight/freezes');
export const filterQuery = asked<FilterBody>('filter', '/oversight/filter');
export const rolesQuery = asked<RolesBody>('roles', '/oversight/roles');
export const teamQuery = asked<Team>('team', '/exposure/team?days=30');

/** The newest signed head as a note (C2SP checkpoint), with the witnesses' signatures. */
export const checkpointQuery = {
  queryKey: ['oversight', 'checkpoint'],
  queryFn: async ({ signal }: Signalled) => (await request('/ledger/checkpoint', { signal })).text(),
};
