import { openDecoder } from '@tutela/media';
import { encode, makePicture } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ground, openGround } from '../open-desk.test-support.js';
import { openDrain } from './drain.js';
import { judge } from './judge.js';
import { parsePolicy } from './policy.js';
import { findPolicy, listJudgements } from './queries/judgements.js';
import {
  account,
  clock,
  type File,
  filer,
  itemsOf,
  reportOf,
  rowsOf,
  standard,
  standingOf,
} from './triage-ground.test-support.js';

const decoder = openDecoder({ processes: 1 });
afterAll(() => decoder.close());

let ground: Ground;
let file: File;
let triage: () => Promise<number>;
beforeAll(async () => {
  ground = await openGround();
  file = await filer(ground);
  triage = openDrain({ db: ground.database.db, clock, vault: ground.vault, policy: standard, decoder });
});
afterAll(() => ground.close());

const bytes = (text: string) => new TextEncoder().encode(text);

describe('reports are brought together', () => {
  test('by an equal file, and one with another file stays alone', async () => {
    const one = await file({ report: account('a1'), files: [bytes('same')] });
    const other = await file({ report: account('b1', 'DE'), files: [bytes('same')] });
    const third = await file({ report: account('c1'), files: [bytes('another')] });
    expect(await triage()).toBe(3);
    const item = (await standingOf(ground, one))?.item;
    expect(item).toMatch(/^bundle\//);
    expect((await standingOf(ground, other))?.item).toBe(item);
    expect(await itemsOf(ground)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ item, reports: 2, countries: ['DE', 'PY'] }),
        expect.objectContaining({ item: `report/${third}`, reports: 1, countries: ['PY'] }),
      ]),
    );
  });

  test('by a picture that looks the same, in one bundle with the equal ones', async () => {
    const picture = makePicture(7, { width: 320, height: 240 });
    const copies = [await encode(picture), await encode(picture, { quality: 60, resize: 0.8 })];
    const stranger = await encode(makePicture(8, { width: 320, height: 240 }));
    const alike = [];
    for (const copy of [...copies, ...copies]) {
      alike.push(await file({ report: account(`alike-${alike.length}`), files: [copy] }));
      await triage();
    }
    const alone = await file({ report: account('stranger'), files: [stranger] });
    await triage();
    const items = await Promise.all(alike.map(async (number) => (await standingOf(ground, number))?.item));
    expect(new Set(items).size).toBe(1);
    expect((await standingOf(ground, alone))?.item).toBe(`report/${alone}`);
    const kinds = await rowsOf(
      ground,
      sql<{ kind: string }>`
        select distinct bundle_id, kind from clearinghouse.bundle join clearinghouse.bundle_member using (bundle_id)
         where report_number = any(${alike}::bigint[]) order by kind`,
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['file', 'file', 'picture']);
  });

  test('by an account of one service, and not by an equal name on another', async () => {
    const elsewhere = await filer(ground, 'other');
    const one = await file({ report: account(' User-7 ') });
    const two = await file({ report: account('User-7') });
    const foreign = await elsewhere({ report: account('User-7') });
    await triage();
    const [first, second, third] = await Promise.all([one, two, foreign].map((number) => standingOf(ground, number)));
    expect(first?.item).toMatch(/^bundle\//);
    expect(second?.item).toBe(first?.item);
    expect(third?.item).toBe(`report/${foreign}`);
  });

  test('by an incident that several reporters tell of, however they write the address', async () => {
    const elsewhere = await filer(ground, 'hotline');
    const at = (url: string) => ({ internetDetails: [{ webPageIncident: { url: [url] } }] });
    const one = await file({ report: at('https://PAGE.example/a/b#top') });
    const two = await elsewhere({ report: at('https://page.example/a/b') });
    const front = [
      await file({ report: at('https://page.example/') }),
      await elsewhere({ report: at('https://page.example') }),
    ];
    await triage();
    expect((await standingOf(ground, two))?.item).toBe((await standingOf(ground, one))?.item);
    for (const number of front) expect((await standingOf(ground, number))?.item).toBe(`report/${number}`);
  });

  test('by the earlier report that one follows up', async () => {
    const earlier = await file({ report: account('earlier') });
    await triage();
    const later = await file({
      report: { personOrUserReported: [{ espIdentifier: 'later', priorCTReports: [earlier] }] },
    });
    await triage();
    const item = (await standingOf(ground, later))?.item;
    expect(item).toMatch(/^bundle\//);
    expect((await standingOf(ground, earlier))?.item).toBe(item);
  });

  test('never by who merely received something', async () => {
    const recipient = { intendedRecipient: [{ espIdentifier: 'r' }] };
    const numbers = [await file({ report: recipient }), await file({ report: recipient })];
    await triage();
    for (const number of numbers) {
      expect(await standingOf(ground, number)).toMatchObject({ item: `report/${number}`, lane: 'diverted' });
    }
  });

  test('and a report with more in it than the shared file is shown by itself, though it is a member', async () => {
    const shared = bytes('shared');
    const one = await file({ report: account('d1'), files: [shared] });
    const more = await file({ report: account('d2'), files: [shared, bytes('its own')] });
    await triage();
    expect((await standingOf(ground, more))?.item).toBe(`report/${more}`);
    const members = await rowsOf(
      ground,
      sql<{ number: string }>`
        select report_number::text as number from clearinghouse.bundle_member
         where report_number in (${one}::bigint, ${more}::bigint) order by 1`,
    );
    expect(members.map(({ number }) => number)).toEqual([one, more]);
  });
});

describe('what may not wait', () => {
  beforeAll(async () => {
    await ground.close();
    ground = await openGround();
    file = await filer(ground);
    triage = openDrain({ db: ground.database.db, clock, vault: ground.vault, policy: standard, decoder });
  });
  const urgent = { incidentSummary: { ...reportOf().incidentSummary, escalateToHighPriority: 'The child wrote now.' } };

  test('is judged before a thousand others and stands first in the queue', async () => {
    const { db } = ground.database;
    for (let n = 0; n < 3; n++) await file({ report: account(`u${n}`) });
    const crisis = await file({ report: { ...account('x'), ...urgent } });
    // Copies of what waits, so that one batch does not take them all.
    await sql`
      insert into clearinghouse.report (reporter_id, state, incident_type, opened_at, ended_at)
      select reporter_id, 'finished', incident_type, opened_at, ended_at from clearinghouse.report, generate_series(1, 250)
       where report_number <> ${crisis}::bigint`.execute(db);
    await sql`
      insert into clearinghouse.submission
      select report_number, 'x', (select content from clearinghouse.submission where report_number = 1000001)
        from clearinghouse.report where report_number > ${crisis}::bigint`.execute(db);
    await sql`delete from clearinghouse.triage_pending where report_number <> ${crisis}::bigint`.execute(db);
    await sql`
      insert into clearinghouse.triage_pending
      select report_number, 'normal', opened_at from clearinghouse.report where report_number <> ${crisis}::bigint`.execute(
      db,
    );
    expect(await triage()).toBe(754);
    const order = await rowsOf(
      ground,
      sql<{ n: string }>`select report_number::text as n from ledger.event
        cross join lateral (select entry::jsonb as said) as event_said
        join clearinghouse.triage on 'clearinghouse/report/' || report_number = said -> 'subjects' ->> 0
       where said ->> 'type' = 'clearinghouse.triaged' order by seq limit 200`,
    );
    expect(order.map(({ n }) => n)).toContain(crisis);
    expect((await itemsOf(ground))[0]).toMatchObject({ item: `report/${crisis}`, lane: 'crisis' });
  });

  test('is hidden by no bundle, though it is a member, and waits for no look at its files', async () => {
    const without = openDrain({ db: ground.database.db, clock, vault: ground.vault, policy: standard });
    const others = [
      await file({ report: account('v1'), files: [bytes('viral')] }),
      await file({ report: account('v2'), files: [bytes('viral')] }),
    ];
    const crisis = await file({ report: { ...account('v3'), ...urgent }, files: [bytes('viral')] });
    await without();
    const [first, second] = await Promise.all(others.map((number) => standingOf(ground, number)));
    expect(first?.item).toMatch(/^bundle\//);
    expect(second?.item).toBe(first?.item);
    expect(await standingOf(ground, crisis)).toMatchObject({ item: `report/${crisis}`, lane: 'crisis' });
  });
});

describe('a policy that changes', () => {
  test('changes the scores of new versions only, and an old score is explained again by its own version', async () => {
    const { db } = ground.database;
    const number = await file({ report: account('p1'), files: [bytes('x')] });
    await triage();
    const other = parsePolicy({
      ...standard.policy,
      number: 2,
      completeness: { ...standard.policy.completeness, 'user.identified': 90 },
    });
    if (other.kind !== 'done') throw new Error(other.reason.message);
    const later = await file({ report: account('p2'), files: [bytes('y')] });
    await openDrain({ db, clock, vault: ground.vault, policy: other.value })();
    const [first] = await listJudgements(db, number);
    const [second] = await listJudgements(db, later);
    expect([first?.policy_version, second?.policy_version]).toEqual([standard.version, other.value.version]);
    expect(second?.completeness).toBeGreaterThan(first?.completeness ?? 100);

    const kept = await findPolicy(db, first?.policy_version ?? '');
    const asWas = kept && parsePolicy(kept.content);
    if (first === undefined || asWas?.kind !== 'done') throw new Error('the policy is gone');
    const details = { reportId: number, fileId: 'f' as never, fileViewedByEsp: true };
    const again = judge({ report: reportOf(account('p1')), files: [details], ...first.facts.context }, asWas.value);
    expect(again).toMatchObject({ completeness: first.completeness, priority: first.priority, facts: first.facts });
  });
});
