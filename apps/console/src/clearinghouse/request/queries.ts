import type {
  FullRequestBody,
  NewRequestBody,
  RequestBody,
  RequestPreviewBody,
  RequestTarget,
} from '@tutela/clearinghouse-desk/api';
import { read, send } from '../../app/api.js';
import type { ComposeSearch } from './compose-search.js';
import type { Beginning } from './start-draft.js';

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

const preserving = new Set<RequestBody['kind']>(['preservation', 'budapest-29', 'epoc-pr']);

/** What a new request begins with: the report's accounts, the request it rests on, and who sent the newest one. */
export const beginningQuery = ({ report, under, renews }: ComposeSearch) => ({
  queryKey: ['clearinghouse', 'request-beginning', { report, under, renews }],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<Beginning> => {
    const full = async (id: string | undefined) =>
      id === undefined ? undefined : await read<FullRequestBody>(`/clearinghouse/requests/${id}`, { signal });
    const { requests } = await read<Requests>('/clearinghouse/requests', { query: { limit: 200 }, signal });
    const [base, newest, found] = await Promise.all([
      full(under ?? renews),
      full(requests[0]?.requestId),
      report === undefined
        ? { targets: [] }
        : read<{ readonly targets: readonly RequestTarget[] }>(`/clearinghouse/reports/${report}/request-targets`, {
            signal,
          }),
    ]);
    const standing = requests.filter(
      ({ kind, state }) => preserving.has(kind) && (state === 'sent' || state === 'answered'),
    );
    return { base, newest, targets: found.targets, preserving: standing };
  },
  // What somebody has begun to write is not begun anew when others change something.
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
});

export const previewRequest = (body: NewRequestBody): Promise<RequestPreviewBody> =>
  send('/clearinghouse/requests/preview', body);
export const keepRequest = (body: NewRequestBody): Promise<FullRequestBody> => send('/clearinghouse/requests', body);
