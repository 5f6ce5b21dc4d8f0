import type {
  ListAlert,
  ListBody,
  ListCandidate,
  ListCategories,
  ListEntry,
  ListMember,
  ListProposal,
  ListVersion,
} from '@tutela/clearinghouse-desk/api';
import { read, remove, send } from '../../app/api.js';

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

export const candidatesQuery = (list: string) => ({
  queryKey: ['clearinghouse', 'list', list, 'candidates'],
  queryFn: ({ signal }: Asked) =>
    read<{ readonly candidates: readonly ListCandidate[] }>(`${at}/${list}/candidates`, { signal }),
});

export const categoriesQuery = {
  queryKey: ['clearinghouse', 'list-categories'],
  queryFn: ({ signal }: Asked) => read<ListCategories>(`${at}/categories`, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
};

export const proposedEntriesQuery = (list: string, batch: string) => ({
  queryKey: ['clearinghouse', 'list', list, 'proposal', batch],
  queryFn: ({ signal }: Asked) =>
    read<{ readonly entries: readonly ListEntry[] }>(`${at}/${list}/proposals/${batch}`, { signal }),
});

export interface NewEntry extends Pick<ListCandidate, 'media' | 'fingerprints'> {
  readonly category: string;
  readonly provenance: { readonly kind: ListCandidate['origin'] | 'member'; readonly ref: string };
  readonly vetting: string;
  readonly candidate?: string;
}
export const proposeEntry = (list: string, entry: NewEntry): Promise<unknown> =>
  send(`${at}/${list}/proposals`, { entries: [entry] });

export interface ReportedFile {
  readonly reportNumber: string;
  readonly fileId: string;
  readonly category: string;
  readonly vetting: string;
}
export const proposeReported = (list: string, file: ReportedFile): Promise<unknown> =>
  send(`${at}/${list}/proposals/from-report`, file);

export interface NewMember {
  readonly name: string;
  readonly username: string;
  readonly requestsPerMinute?: number;
}
export const admitMember = (
  asked: NewMember,
): Promise<{ readonly member: number; readonly username: string; readonly password: string }> =>
  send(`${at}/members`, asked);
export const giveAccess = (list: string, member: number): Promise<unknown> =>
  send(`${at}/${list}/members/${member}`, {});
export const takeAccess = (list: string, member: number): Promise<unknown> => remove(`${at}/${list}/members/${member}`);
