import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, openRoutingGround, type RoutingGround } from './routing-ground.test-support.js';

const size = 2000;
const bundle = '11111111-2222-4333-8444-555555555555';

let ground: RoutingGround;
beforeAll(async () => {
  ground = await openRoutingGround();
  const one = await ground.fileIn('US');
  await ground.work();
  // As many more like it, judged and bundled, without what would be filed over HTTP.
  await sql`
    with copies as (
      insert into clearinghouse.report (reporter_id, state, incident_type, opened_at, ended_at)
      select reporter_id, 'finished', incident_type, opened_at, ended_at
        from clearinghouse.report, generate_series(1, ${size}) where report_number = ${one}::bigint
      returning report_number
    ), located as (
      insert into clearinghouse.location (report_number, outcome, countries, signals, sources, made_at)
      select report_number, 'one-country', '{US}', '[]', '[]', ${clock.now()} from copies
    ), judged as (
      insert into clearinghouse.triage
      select (jsonb_populate_record(triage, jsonb_build_object('report_number', copies.report_number))).*
        from clearinghouse.triage, copies where triage.report_number = ${one}::bigint and version = 1
    ), made as (
      insert into clearinghouse.bundle (bundle_id, kind, key, made_at)
      values (${bundle}::uuid, 'picture', 'viral', ${clock.now()}) returning bundle_id
    ), joined as (
      insert into clearinghouse.bundle_member (bundle_id, report_number, because, joined_at)
      select bundle_id, report_number, '{}', ${clock.now()} from copies, made
    )
    insert into clearinghouse.routing_pending (report_number, queued_at)
    select report_number, ${clock.now()} from copies`.execute(ground.db);
}, 60_000);
afterAll(() => ground.close());

const entries = async (): Promise<readonly { change: string; referral: { kind: string; reports: number } }[]> => {
  const { entries: found } = (await (await ground.ask('us-demo-police', 'referrals?since=1')).json()) as {
    entries: { change: string; referral: { kind: string; reports: number } }[];
  };
  return found;
};

test('2,000 reports about one picture are held for a person, go to their authority as one referral, and come back as one', async () => {
  expect(await ground.desk.routing.route()).toBe(size);
  const held = await ground.rows(sql<{ n: number }>`
    select count(*)::int as n from clearinghouse.routing where outcome = 'held' and reason = 'in-a-large-bundle'`);
  expect(held[0]?.n).toBe(size);
  expect(await entries()).toEqual([]);

  const [, forwarded] = await ground.console<{
    forwardId: string;
    referrals: { reports: number; referralId: string }[];
  }>(`bundles/${bundle}/forward`, { reason: 'one picture' });
  expect(forwarded.referrals).toMatchObject([{ authorityId: 'us-demo-police', reports: size }]);
  expect(await entries()).toMatchObject([{ change: 'made', referral: { kind: 'bundle', reports: size } }]);
  const document = await ground.ask('us-demo-police', `referrals/${forwarded.referrals[0]?.referralId}`);
  expect(((await document.json()) as { reportNumbers: string[] }).reportNumbers.length).toBe(size);

  const recalled = await ground.console(`forwards/${forwarded.forwardId}/recall`, { reason: 'a meme' });
  expect(recalled).toMatchObject([200, { recalled: 1, restored: 0 }]);
  expect((await entries()).map(({ change }) => change)).toEqual(['made', 'recalled']);
}, 60_000);

test('taken out of the bundle’s way by a person, reports are referred one by one', async () => {
  const reports = await ground.rows(sql<{ n: string }>`
    select report_number::text as n from clearinghouse.bundle_member where bundle_id = ${bundle}::uuid
     order by report_number limit 3`);
  for (const { n } of reports) await ground.console(`routings/${n}/again`, { way: 'singly' });
  expect(await ground.desk.routing.route()).toBe(3);
  expect((await entries()).filter(({ referral }) => referral.kind === 'report').length).toBe(3);
});
