import type {
  AuthorityBody,
  AwaitingBody,
  ReferralAnswer,
  ReferralsBody,
  RoutingBody,
} from '@tutela/clearinghouse-desk/api';
import type { WindowAsked } from '@tutela/window';
import { read, send } from '../../app/api.js';
import type { ReferralsSearch } from './referrals-search.js';

interface Paged {
  readonly signal: AbortSignal;
  readonly pageParam: string | undefined;
}
interface Routings {
  readonly routings: readonly RoutingBody[];
  readonly next: string | null;
}
const pages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: { readonly next: string | null }) => next ?? undefined,
};

export const readReferrals =
  ({ authority, country, state: shown, order }: ReferralsSearch) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<ReferralsBody> =>
    read<ReferralsBody>('/clearinghouse/referrals', {
      query: { authority, country, order, ...(shown !== 'all' && { state: shown ?? 'open' }), ...asked },
      signal,
    });

export const nowhereQuery = (country: string | undefined) => ({
  queryKey: ['clearinghouse', 'nowhere', country],
  queryFn: ({ signal, pageParam: before }: Paged) =>
    read<Routings>('/clearinghouse/routings', { query: { country, before }, signal }),
  ...pages,
});

export const referralQuery = (id: string) => ({
  queryKey: ['clearinghouse', 'referral', id],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    read<ReferralAnswer>(`/clearinghouse/referrals/${id}`, { signal }),
});

export const awaitingQuery = {
  queryKey: ['clearinghouse', 'awaiting'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<AwaitingBody>('/clearinghouse/awaiting', { signal }),
};

export const authoritiesQuery = (country?: string) => ({
  queryKey: ['clearinghouse', 'authorities', country],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    read<{ readonly authorities: readonly AuthorityBody[] }>('/clearinghouse/authorities', {
      query: { country },
      signal,
    }),
});

export const recall = (path: `referrals/${string}` | `forwards/${string}`, reason: string): Promise<unknown> =>
  send(`/clearinghouse/${path}/recall`, { reason });

export interface Sending {
  readonly authorityId: string;
  readonly reason: string;
  /** Recalled in the same act. */
  readonly insteadOf?: string;
}
export const sendTo = (report: string, sending: Sending): Promise<unknown> =>
  send(`/clearinghouse/routings/${report}/send`, sending);
export const routeAgain = (report: string, way: 'usual' | 'singly'): Promise<unknown> =>
  send(`/clearinghouse/routings/${report}/again`, { way });

export const notePosted = (notice: string, receipt: string): Promise<unknown> =>
  send(`/clearinghouse/notices/${notice}/posted`, { receipt });
