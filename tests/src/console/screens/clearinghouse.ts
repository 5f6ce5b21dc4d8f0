import { type ScreensOf, screenOf } from './screen.js';

interface Triage {
  readonly rows: readonly { readonly reportNumber: string | null; readonly bundleId: string | null }[];
}
interface Referrals {
  readonly rows: readonly { readonly referralId: string }[];
}
interface Requests {
  readonly requests: readonly { readonly requestId: string }[];
}
interface Lists {
  readonly lists: readonly { readonly list: string }[];
}

export const clearinghouseScreens: ScreensOf = async (ask) => {
  const items = (await ask<Triage>('/clearinghouse/triage?limit=50'))?.rows ?? [];
  const referral = (await ask<Referrals>('/clearinghouse/referrals?order=newest&limit=1'))?.rows[0]?.referralId;
  const request = (await ask<Requests>('/clearinghouse/requests'))?.requests[0]?.requestId;
  const list = (await ask<Lists>('/clearinghouse/list/lists'))?.lists[0]?.list;
  const desk = '/desk/clearinghouse';
  const report = items.find(({ reportNumber }) => reportNumber !== null)?.reportNumber;
  const bundle = items.find(({ bundleId }) => bundleId !== null)?.bundleId;
  return [
    { name: 'clearinghouse-triage', path: `${desk}/triage` },
    ...screenOf('clearinghouse-report', report ?? undefined, (number) => `${desk}/reports/${number}`),
    ...screenOf('clearinghouse-bundle', bundle ?? undefined, (id) => `${desk}/bundles/${id}`),
    { name: 'clearinghouse-referrals', path: `${desk}/referrals` },
    ...screenOf('clearinghouse-referral', referral, (id) => `${desk}/referrals/${id}`),
    { name: 'clearinghouse-authorities', path: `${desk}/authorities` },
    { name: 'clearinghouse-requests', path: `${desk}/requests` },
    { name: 'clearinghouse-referrals-nowhere', path: `${desk}/referrals?view=nowhere` },
    { name: 'clearinghouse-referrals-awaiting', path: `${desk}/referrals?view=awaiting` },
    ...screenOf('clearinghouse-request-new', report ?? undefined, (id) => `${desk}/requests/new?report=${id}`),
    ...screenOf('clearinghouse-request', request, (id) => `${desk}/requests/${id}`),
    { name: 'clearinghouse-lists', path: `${desk}/lists` },
    ...['proposals', 'candidates', 'entries', 'members', 'versions'].flatMap((tab) =>
      screenOf(`clearinghouse-list-${tab}`, list, (id) => `${desk}/lists/${id}?tab=${tab}`),
    ),
    { name: 'clearinghouse-statistics', path: `${desk}/statistics` },
  ];
};
