import type { ApprovalRequestBody, ApprovalRequestsBody, PeopleBody } from '@tutela/oversight/api';
import { read } from '../../app/api.js';

interface Signalled {
  readonly signal: AbortSignal;
}

export const requestsQuery = (state: 'open' | 'all') => ({
  queryKey: ['policy', 'requests', state],
  queryFn: ({ signal }: Signalled) =>
    read<ApprovalRequestsBody>('/policy/requests', { query: { state, limit: 200 }, signal }),
});

export const peopleQuery = {
  queryKey: ['policy', 'people'],
  queryFn: ({ signal }: Signalled) => read<PeopleBody>('/policy/people', { signal }),
};

/** What a request says, as far as every one says it. */
interface RequestWords {
  readonly action: string;
  readonly requestedBy: string;
  readonly reason: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly caseRef?: string;
  readonly about?: readonly string[];
  readonly content: unknown;
}

export const wordsOf = ({ document }: ApprovalRequestBody): RequestWords => JSON.parse(document) as RequestWords;

/** Those of one action whose text names a digest, and that have not expired. */
export const requestsAbout = (
  requests: readonly ApprovalRequestBody[],
  action: string,
  digest: string,
): readonly ApprovalRequestBody[] =>
  requests.filter((request) => {
    const words = wordsOf(request);
    const open = Date.parse(words.expiresAt) > Date.now();
    return words.action === action && open && request.document.includes(digest);
  });

/** Enough others said yes, and it was not used. */
export const isApproved = ({ state, approvedBy, needed }: ApprovalRequestBody): boolean =>
  state === 'open' && approvedBy.length >= needed;
