import type { DraftBody, FilingBody, FilingRow, FilingsWindowBody } from '@tutela/platform-desk/api';
import type { WindowAsked } from '@tutela/window';
import { read, send } from '../app/api.js';
import type { ReportsSearch } from './report-search.js';

export type { DraftBody, FilingBody, FilingRow };
export type Documents = NonNullable<FilingBody['documents']>;

export const readReports =
  (filter: ReportsSearch) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<FilingsWindowBody> =>
    read<FilingsWindowBody>('/platform/filings/window', { query: { ...filter, ...asked }, signal });

export const reportQuery = (id: string) => ({
  queryKey: ['platform', 'filing', id],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<FilingBody>(`/platform/filings/${id}`, { signal }),
});

export const draftQuery = (account: string) => ({
  queryKey: ['platform', 'draft', account],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    read<DraftBody>('/platform/draft', { query: { account }, signal }),
  enabled: account !== '',
});

export const retryReport = (id: string, reason: string): Promise<unknown> =>
  send(`/platform/filings/${id}/retry`, { reason });
