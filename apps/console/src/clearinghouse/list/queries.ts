import type {
  ListAlert,
  ListBody,
  ListEntry,
  ListMember,
  ListProposal,
  ListVersion,
} from '@tutela/clearinghouse-desk/api';
import { read, send } from '../../app/api.js';

interface Asked {
  readonly signal: AbortSignal;
}
const at = '/clearinghouse/list';

export const listsQuery = {
  queryKey: ['clearinghouse', 'lists'],
  queryFn: ({ signal }: Asked) => read<{ readonly lists: readonly ListBody[] }>(`${at}/lists`, { signal }),
};

export const proposalsQuery = (list: string) => ({
  queryKey: ['clearinghouse', 'list', list, 'proposals'],
  queryFn: ({ signal }: Asked) =>
    read<{ readonly proposals: readonly ListProposal[] }>(`${at}/${list}/proposals`, { signal }),
});

interface Entries {
  readonly entries: readonly ListEntry[];
  readonly next: string | null;
}
export const entriesQuery = (list: string) => ({
  queryKey: ['clearinghouse', 'list', list, 'entries'],
  queryFn: ({ signal, pageParam: before }: Asked & { readonly pageParam: string | undefined }) =>
    read<Entries>(`${at}/${list}/entries`, { query: { before }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: Entries) => next ?? undefined,
});

export const membersQuery = {
  queryKey: ['clearinghouse', 'list-members'],
  queryFn: ({ signal }: Asked) => read<{ readonly members: readonly ListMember[] }>(`${at}/members`, { signal }),
};

export const versionsQuery = (list: string) => ({
  queryKey: ['clearinghouse', 'list', list, 'versions'],
  queryFn: ({ signal }: Asked) =>
    read<{ readonly versions: readonly ListVersion[] }>(`${at}/${list}/versions`, { signal }),
});

export const alertsQuery = {
  queryKey: ['clearinghouse', 'list-alerts'],
  queryFn: ({ signal }: Asked) => read<{ readonly alerts: readonly ListAlert[] }>(`${at}/alerts`, { signal }),
};

export const withdrawEntry = (list: string, entry: string, reason: string): Promise<unknown> =>
  send(`${at}/${list}/withdrawals`, { entries: [entry], reason });
export const publishVersion = (list: string): Promise<unknown> => send(`${at}/${list}/versions`, {});

export interface NewEntry {
  readonly media: 'image';
  readonly fingerprints: { readonly SHA256?: string; readonly MD5?: string; readonly PDQ?: string };
  readonly category: string;
  readonly provenance: { readonly kind: 'report'; readonly ref: string };
  readonly vetting: string;
}
export const proposeEntry = (list: string, entry: NewEntry): Promise<unknown> =>
  send(`${at}/${list}/proposals`, { entries: [entry] });
