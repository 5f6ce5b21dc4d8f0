import type {
  StackBody,
  StackHistoryBody,
  StackMembersBody,
  StackNeighboursBody,
  StacksWindowBody,
} from '@tutela/platform-desk/api';
import type { WindowAsked } from '@tutela/window';
import { read, send } from '../app/api.js';
import type { StackSearch } from './stack-search.js';

export type { StackBody };

interface Asking {
  readonly signal: AbortSignal;
}

export const readStacks =
  (filter: StackSearch) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<StacksWindowBody> =>
    read<StacksWindowBody>('/platform/stacks/window', { query: { ...filter, ...asked }, signal });

const at = (id: string): string => `/platform/stacks/${id}`;

export const stackQuery = (id: string) => ({
  queryKey: ['platform', 'stack', id],
  queryFn: ({ signal }: Asking) => read<StackBody>(at(id), { signal }),
});

export const stackHistoryQuery = (id: string) => ({
  queryKey: ['platform', 'stack', id, 'history'],
  queryFn: ({ signal }: Asking) => read<StackHistoryBody>(`${at(id)}/history`, { signal }),
});

export const besideQuery = (id: string, filter: StackSearch) => ({
  queryKey: ['platform', 'stack', id, 'beside', filter],
  queryFn: ({ signal }: Asking) => read<StackNeighboursBody>(`${at(id)}/neighbours`, { query: { ...filter }, signal }),
});

export const membersQuery = (id: string) => ({
  queryKey: ['platform', 'stack', id, 'members'],
  queryFn: ({ pageParam, signal }: Asking & { readonly pageParam: string | null }) =>
    read<StackMembersBody>(`${at(id)}/members`, {
      query: { limit: 50, ...(pageParam !== null && { after: pageParam }) },
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: ({ next }: StackMembersBody) => next,
});

export const decideStack = (id: string, decision: 'confirmed' | 'dismissed', reason: string): Promise<unknown> =>
  send(`${at(id)}/decision`, { decision, reason });

export const reverseStack = (id: string, reason: string): Promise<unknown> => send(`${at(id)}/reversal`, { reason });
