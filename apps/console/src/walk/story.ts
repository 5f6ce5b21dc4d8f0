import type { ReferralsBody } from '@tutela/clearinghouse-desk/api';
import type { CaseFileBody, CasesBody, OrdersBody, PackagesBody } from '@tutela/investigator-desk/api';
import type { FilingsWindowBody, MatchesBody } from '@tutela/platform-desk/api';
import type { Window } from '@tutela/window';
import { read } from '../app/api.js';

/** One story as far as it has come, each part found through the next: nothing is known here by its name. */
export interface Story {
  readonly package: string | undefined;
  readonly case: string | undefined;
  /** The order of the case, and its state. */
  readonly order: { readonly id: string; readonly state: string } | undefined;
  readonly reportNumber: string | undefined;
  readonly referral: string | undefined;
  readonly filing: string | undefined;
  readonly match: { readonly id: string; readonly state: string } | undefined;
  /** The provider's own number of the order. */
  readonly providerOrder: string | undefined;
}

type Signal = { readonly signal: AbortSignal };

/** The story of the newest package; before there is one, of the newest case, report or match. */
const tellStory = async ({ signal }: Signal): Promise<Story> => {
  const ask = <Body>(path: string, query: Readonly<Record<string, string | number>> = {}) =>
    read<Body>(path, { query, signal });
  const { packages } = await ask<PackagesBody>('/investigator/packages', { limit: 50 });
  const written = packages.find(({ state }) => state === 'written');
  const caseRef = written?.caseRef ?? (await ask<CasesBody>('/investigator/cases', { limit: 1 })).cases.at(0)?.caseRef;
  const file =
    caseRef === undefined ? undefined : await ask<CaseFileBody>(`/investigator/cases/${encodeURIComponent(caseRef)}`);
  const order =
    caseRef === undefined ? undefined : (await ask<OrdersBody>('/investigator/orders', { case: caseRef })).orders.at(0);
  const { rows: filings } = await ask<FilingsWindowBody>('/platform/filings/window', { show: 'finished', limit: 100 });
  const told = file?.reports.at(0)?.reportNumber;
  const filing = filings.find(({ number }) => number === told) ?? filings.at(0);
  const reportNumber = told ?? filing?.number ?? undefined;
  const { rows: referrals } = await ask<ReferralsBody>('/clearinghouse/referrals', { order: 'newest', limit: 200 });
  const { rows: matches } = await ask<MatchesBody>('/platform/matches/window', {
    state: 'all',
    limit: 1,
    ...(filing !== undefined && { account: filing.account }),
  });
  const match = matches.at(0);
  const { rows: received } = await ask<Window<{ readonly orderId: string; readonly reference: string }>>(
    '/provider/orders',
    { limit: 100 },
  );
  return {
    package: written?.name,
    case: caseRef,
    order: order && { id: order.orderId, state: order.state },
    reportNumber,
    referral: referrals.find((one) => one.reportNumber === reportNumber)?.referralId,
    filing: filing?.id,
    match: match && { id: match.id, state: match.state },
    providerOrder: received.find(({ reference }) => reference === `${caseRef}/${order?.orderId}`)?.orderId,
  };
};

/** Asked again, as everything, when the ledger grows. */
export const storyQuery = { queryKey: ['walk', 'story'], queryFn: tellStory };
