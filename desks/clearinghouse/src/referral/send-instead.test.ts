import type { FeedPage } from '@tutela/feed';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRoutingGround, type RoutingGround } from './routing-ground.test-support.js';

let ground: RoutingGround;
beforeAll(async () => {
  ground = await openRoutingGround();
});
afterAll(() => ground.close());

interface Routed {
  readonly routings: readonly { readonly country: string; readonly outcome: string; readonly reason: string | null }[];
  readonly standing: readonly { readonly referralId: string; readonly authorityId: string }[];
}
const routed = async (report: string): Promise<Routed> => (await ground.console<Routed>(`routings/${report}`))[1];
const changes = async (authority: string): Promise<readonly string[]> =>
  ((await (await ground.ask(authority, 'referrals?limit=500')).json()) as FeedPage).entries.map(({ change }) => change);

describe('a report that went to the wrong authority', () => {
  test('is recalled there and sent to the right one at once, and its history says who did it and why', async () => {
    const report = await ground.fileIn('NO');
    await ground.work();
    const [wrong] = (await routed(report)).standing;
    expect(wrong?.authorityId).toBe('no-demo-police');
    const asked = {
      authorityId: 'se-demo-police',
      insteadOf: wrong?.referralId,
      reason: 'the account is used in Sweden',
    };
    expect((await ground.console(`routings/${report}/send`, asked))[0]).toBe(200);
    const after = await routed(report);
    expect(after.standing.map(({ authorityId }) => authorityId)).toEqual(['se-demo-police']);
    expect(after.routings).toMatchObject([
      { country: 'NO', outcome: 'held', reason: 'recalled' },
      { country: 'SE', outcome: 'referred' },
    ]);
    expect(await changes('no-demo-police')).toEqual(['made', 'recalled']);
    expect(await changes('se-demo-police')).toEqual(['made']);
    const [, { history }] = await ground.console<{
      history: readonly { type: string; actor: string; said: { reason?: string } }[];
    }>(`triage/reports/${report}`);
    const acts = history.filter(({ type }) => /report-routed|referral-recalled|report-sent/.test(type));
    expect(acts.map(({ type }) => type)).toEqual([
      'clearinghouse.report-routed',
      'clearinghouse.referral-recalled',
      'clearinghouse.report-sent',
    ]);
    expect(acts.at(-1)).toMatchObject({ actor: 'analyst-1', said: { reason: asked.reason } });
  });

  test('stays where it is when the other authority is not there, or the referral is of another report', async () => {
    const [report, other] = [await ground.fileIn('FI'), await ground.fileIn('IS')];
    await ground.work();
    const [own] = (await routed(report)).standing;
    const [foreign] = (await routed(other)).standing;
    const send = (more: object) => ground.console(`routings/${report}/send`, { reason: 'a slip', ...more });
    expect(await send({ authorityId: 'zz-nobody', insteadOf: own?.referralId })).toMatchObject([
      404,
      { code: 'authority-unknown' },
    ]);
    expect(await send({ authorityId: 'dk-demo-police', insteadOf: foreign?.referralId })).toMatchObject([
      404,
      { code: 'referral-unknown' },
    ]);
    expect((await routed(report)).standing).toEqual([own]);
    expect((await routed(other)).standing).toEqual([foreign]);
  });
});
