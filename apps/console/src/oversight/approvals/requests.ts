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

/** What is to be done; an action that has no words is told by its name. */
export const actionInWords = (
  request: ApprovalRequestBody,
  sayIfKnown: (key: string) => string | undefined,
): string => {
  const { action } = wordsOf(request);
  return sayIfKnown(`oversight.action.${action.replaceAll('.', '-')}`) ?? action;
};

/** Why somebody's word would not be taken, by the code of the node; `undefined` for somebody it is taken from. */
export const whyNot = (
  request: ApprovalRequestBody,
  person: string | null,
): 'requester-approves' | 'subject-approves' | 'person-twice' | undefined => {
  const { requestedBy, about = [] } = wordsOf(request);
  if (person === null) return undefined;
  if (person === requestedBy) return 'requester-approves';
  if (about.includes(person)) return 'subject-approves';
  return request.approvedBy.some((given) => given.person === person) ? 'person-twice' : undefined;
};

export type Ending = 'done' | 'refused' | 'withdrawn' | 'expired';

/** What became of a request that waits no more. */
export const endingOf = (request: ApprovalRequestBody): Ending => {
  if (request.state === 'used') return 'done';
  if (request.state === 'open') return 'expired';
  return request.refusedBy === wordsOf(request).requestedBy ? 'withdrawn' : 'refused';
};

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
