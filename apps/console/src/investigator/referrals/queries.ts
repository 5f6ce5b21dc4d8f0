import { queryOptions } from '@tanstack/react-query';
import type { FeedsBody, PulledBody, ReferredListBody, ReportView } from '@tutela/investigator-desk/api';
import type { WindowAsked } from '@tutela/window';
import { read, send } from '../../app/api.js';
import { casePath } from '../case-queries.js';
import type { ReferralsSearch } from './referral-states.js';

export type ReferredRow = ReferredListBody['rows'][number];

const path = '/investigator/referrals';

/** While a fetch runs, how far it is: the node tells with each entry it has dealt with. It fetches by itself as well. */
export const feedsQuery = (fetching: 'fetching' | 'resting') =>
  queryOptions({
    queryKey: ['investigator', 'feeds'],
    queryFn: ({ signal }) => read<FeedsBody>(`${path}/feeds`, { signal }),
    refetchInterval: fetching === 'fetching' ? 1000 : 30_000,
  });

export const readReferred =
  ({ show }: ReferralsSearch) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<ReferredListBody> =>
    read<ReferredListBody>(path, { query: { ...(show !== 'all' && { state: show ?? 'waiting' }), ...asked }, signal });

/** By which referrals a report came; none for one that was taken in from a file. */
export const referredQuery = (report: string) =>
  queryOptions({
    queryKey: ['investigator', 'referred', report],
    queryFn: ({ signal }) => read<ReferredListBody>(path, { query: { report }, signal }),
  });

export const reportQuery = (report: string) =>
  queryOptions({
    queryKey: ['investigator', 'report', report],
    queryFn: ({ signal }) => read<ReportView>(`/investigator/reports/${encodeURIComponent(report)}`, { signal }),
  });

export const pull = (feed: string): Promise<PulledBody> => send(`${path}/pull`, { feed });

export const linkReportById = (caseRef: string, reportId: string): Promise<unknown> =>
  send(`${casePath(caseRef)}/reports`, { reportId });
