import { type Ask, type Screen, type ScreensOf, screenOf } from './screen.js';

interface Named {
  readonly cases?: readonly { readonly caseRef: string }[];
  readonly orders?: readonly { readonly orderId: string; readonly providerId: string }[];
  readonly reports?: readonly { readonly reportId: string }[];
  readonly packages?: readonly { readonly name: string }[];
  readonly rows?: readonly { readonly account: string; readonly itemId: number; readonly setId: string }[];
}

interface Referred {
  readonly rows: readonly { readonly reportId: string }[];
}

const received = '/desk/investigator/referrals';
const all = '/desk/investigator/cases';
const tabs = ['chronology', 'persons', 'exhibits', 'authorities', 'decisions'];
const places = [
  'seizure',
  'items',
  'stacks',
  'matches',
  'archives',
  'users',
  'accounts',
  'knowledge',
  'orders',
  'packages',
];

/** Every screen of a case, with what it holds. */
export const caseScreens = async (ask: Ask, caseRef: string): Promise<readonly Screen[]> => {
  const asked = encodeURIComponent(caseRef);
  const of = `${all}/${asked}`;
  const first = async (rows: string) =>
    (await ask<Named>(`/investigator/cases/${asked}/${rows}?limit=1`))?.rows?.[0] ?? undefined;
  const order = (await ask<Named>(`/investigator/orders?case=${asked}`))?.orders?.[0];
  const packed = (await ask<Named>(`/investigator/packages?case=${asked}`))?.packages?.[0];
  const report = (await ask<Named>(`/investigator/cases/${asked}`))?.reports?.[0]?.reportId;
  const [account, item, archive] = [await first('accounts'), await first('items'), await first('archives')];
  return [
    { name: 'investigator-case', path: of },
    ...tabs.map((tab) => ({ name: `investigator-${tab}`, path: `${of}?tab=${tab}` })),
    { name: 'investigator-enter-authority', path: `${of}/authorities/new` },
    ...places.map((place) => ({ name: `investigator-${place}`, path: `${of}/${place}` })),
    ...screenOf('investigator-addresses', report, (id) => `${of}/reports/${id}/addresses`),
    ...screenOf('investigator-item', item && `${item.itemId}`, (id) => `${of}/items/${id}`),
    ...screenOf('investigator-archive', archive?.setId, (id) => `${of}/archives/${id}`),
    ...screenOf('investigator-account', account?.account, (id) => `${of}/accounts/${id}`),
    ...screenOf('investigator-ask', order?.providerId, (id) => `${of}/ask/${id}`),
    ...screenOf('investigator-order', order?.orderId, (id) => `${of}/orders/${id}`),
    ...screenOf('investigator-package', packed?.name, (id) => `${of}/packages/${id}`),
  ];
};

export const investigatorScreens: ScreensOf = async (ask) => {
  const newest = (await ask<Named>('/investigator/cases?limit=1'))?.cases?.[0]?.caseRef;
  const screens = newest === undefined ? [] : await caseScreens(ask, newest);
  const referred = (await ask<Referred>('/investigator/referrals?limit=1'))?.rows[0]?.reportId;
  return [
    { name: 'investigator-referrals', path: `${received}?show=all` },
    ...screenOf('investigator-referral', referred, (id) => `${received}/${id}`),
    { name: 'investigator-cases', path: all },
    ...screens,
  ];
};
