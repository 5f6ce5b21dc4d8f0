import { type ScreensOf, screenOf } from './screen.js';

interface Triage {
  readonly rows: readonly { readonly reportNumber: string | null; readonly bundleId: string | null }[];
}

export const clearinghouseScreens: ScreensOf = async (ask) => {
  const items = (await ask<Triage>('/clearinghouse/triage?limit=50'))?.rows ?? [];
  const found = await ask<{ readonly referrals: readonly { readonly referralId: string }[] }>(
    '/clearinghouse/referrals?limit=1',
  );
  const desk = '/desk/clearinghouse';
  const report = items.find(({ reportNumber }) => reportNumber !== null)?.reportNumber;
  const bundle = items.find(({ bundleId }) => bundleId !== null)?.bundleId;
  return [
    { name: 'clearinghouse-triage', path: `${desk}/triage` },
    ...screenOf('clearinghouse-report', report ?? undefined, (number) => `${desk}/reports/${number}`),
    ...screenOf('clearinghouse-bundle', bundle ?? undefined, (id) => `${desk}/bundles/${id}`),
    { name: 'clearinghouse-referrals', path: `${desk}/referrals` },
    ...screenOf('clearinghouse-referral', found?.referrals[0]?.referralId, (id) => `${desk}/referrals/${id}`),
    ...['authorities', 'requests', 'lists', 'statistics'].map((name) => ({
      name: `clearinghouse-${name}`,
      path: `${desk}/${name}`,
    })),
  ];
};
