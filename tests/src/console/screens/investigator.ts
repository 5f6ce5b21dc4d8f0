import { type ScreensOf, screenOf } from './screen.js';

interface Named {
  readonly cases?: readonly { readonly caseRef: string }[];
  readonly orders?: readonly { readonly orderId: string }[];
  readonly packages?: readonly { readonly name: string; readonly caseRef: string }[];
  readonly rows?: readonly { readonly account: string }[];
}

export const investigatorScreens: ScreensOf = async (ask) => {
  const all = '/desk/investigator/cases';
  const caseRef = (await ask<Named>('/investigator/cases?limit=1'))?.cases?.[0]?.caseRef;
  if (caseRef === undefined) return [{ name: 'investigator-cases', path: all }];
  const asked = encodeURIComponent(caseRef);
  const order = (await ask<Named>(`/investigator/orders?case=${asked}`))?.orders?.[0]?.orderId;
  const packed = (await ask<Named>(`/investigator/packages?case=${asked}`))?.packages?.[0]?.name;
  const account = (await ask<Named>(`/investigator/cases/${asked}/accounts?limit=1`))?.rows?.[0]?.account;
  const of = `${all}/${asked}`;
  return [
    { name: 'investigator-cases', path: all },
    { name: 'investigator-case', path: of },
    ...['seizure', 'items', 'stacks', 'archives', 'users', 'accounts', 'knowledge', 'orders', 'packages'].map(
      (name) => ({ name: `investigator-${name}`, path: `${of}/${name}` }),
    ),
    ...screenOf('investigator-account', account, (id) => `${of}/accounts/${id}`),
    ...screenOf('investigator-order', order, (id) => `${of}/orders/${id}`),
    ...screenOf('investigator-package', packed, (id) => `${of}/packages/${id}`),
  ];
};
