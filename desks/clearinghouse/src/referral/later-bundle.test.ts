import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRoutingGround, type RoutingGround } from './routing-ground.test-support.js';

let ground: RoutingGround;
beforeAll(async () => {
  ground = await openRoutingGround();
}, 60_000);
afterAll(() => ground.close());

interface Shown {
  readonly referralId: string;
  readonly bundles: readonly { readonly kind: string; readonly reports: number }[];
}

test('a report that was referred alone shows the bundle that it joined later', async () => {
  const bytes = new TextEncoder().encode('a picture that comes twice');
  await ground.fileIn('FR', bytes);
  await ground.work();
  const [, before] = await ground.console<{ rows: Shown[] }>('referrals?country=FR');
  expect(before.rows.map(({ bundles }) => bundles)).toEqual([[]]);
  const first = before.rows[0]?.referralId ?? '';

  await ground.fileIn('GB', bytes);
  await ground.work();
  const [, after] = await ground.console<{ referral: Shown }>(`referrals/${first}`);
  expect(after.referral.bundles).toMatchObject([{ kind: 'file', reports: 2 }]);
});
