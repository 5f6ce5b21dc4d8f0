import type { FullRequestBody, RequestBody } from '@tutela/clearinghouse-desk/api';
import { read, send } from '../../app/api.js';

interface Requests {
  readonly requests: readonly RequestBody[];
  readonly next: string | null;
}

export const requestsQuery = {
  queryKey: ['clearinghouse', 'requests'],
  queryFn: ({ signal, pageParam: before }: { readonly signal: AbortSignal; readonly pageParam: string | undefined }) =>
    read<Requests>('/clearinghouse/requests', { query: { before }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: Requests) => next ?? undefined,
};

export const requestQuery = (id: string) => ({
  queryKey: ['clearinghouse', 'request', id],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    read<FullRequestBody>(`/clearinghouse/requests/${id}`, { signal }),
});

export const noteSent = (id: string, receipt: string): Promise<unknown> =>
  send(`/clearinghouse/requests/${id}/sent`, { receipt });
export const settle = (id: string, state: 'answered' | 'refused' | 'withdrawn', note: string): Promise<unknown> =>
  send(`/clearinghouse/requests/${id}/settled`, { state, note });
