import { type ScreensOf, screenOf } from './screen.js';

interface Triage {
  readonly rows: readonly { readonly reportNumber: string | null; readonly bundleId: string | null }[];
}
interface Referrals {
  readonly referrals: readonly { readonly referralId: string }[];
}
interface Requests {
  readonly requests: readonly { readonly requestId: string }[];
}
interface Lists {
  readonly lists: readonly { readonly list: string }[];
}

export const clearinghouseScreens: ScreensOf = async (ask) => {
  const items = (await ask<Triage>('/clearinghouse/triage?limit=50'))?.rows ?? [];
  const referral = (await ask<Referrals>('/clearinghouse/referrals?limit=1'))?.referrals[0]?.referralId;
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
    ...screenOf('clearinghouse-request', request, (id) => `${desk}/requests/${id}`),
    { name: 'clearinghouse-lists', path: `${desk}/lists` },
    ...screenOf('clearinghouse-list', list, (id) => `${desk}/lists/${id}`),
    { name: 'clearinghouse-statistics', path: `${desk}/statistics` },
  ];
};
