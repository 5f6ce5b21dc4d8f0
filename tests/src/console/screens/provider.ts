import { type ScreensOf, screenOf } from './screen.js';

export const providerScreens: ScreensOf = async (ask) => {
  const orders = await ask<{ readonly rows: readonly { readonly orderId: string }[] }>('/provider/orders?limit=1');
  const desk = '/desk/provider';
  return [
    { name: 'provider-orders', path: `${desk}/orders` },
    ...screenOf('provider-order', orders?.rows[0]?.orderId, (id) => `${desk}/orders/${id}`),
    ...['log', 'readiness', 'statistics'].map((name) => ({ name: `provider-${name}`, path: `${desk}/${name}` })),
  ];
};
