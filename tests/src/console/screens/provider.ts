import { type ScreensOf, screenOf } from './screen.js';

export const providerScreens: ScreensOf = async (ask) => {
  const orders = await ask<{ readonly rows: readonly { readonly orderId: string }[] }>('/provider/orders?limit=1');
  const desk = '/desk/provider';
  return [
    { name: 'provider-orders', path: `${desk}/orders?state=all` },
    ...screenOf('provider-order', orders?.rows[0]?.orderId, (id) => `${desk}/orders/${id}`),
    { name: 'provider-log', path: `${desk}/log` },
    ...['segments', 'sources', 'rules'].map((tab) => ({ name: `provider-log-${tab}`, path: `${desk}/log?tab=${tab}` })),
    ...['readiness', 'statistics'].map((name) => ({ name: `provider-${name}`, path: `${desk}/${name}` })),
  ];
};
