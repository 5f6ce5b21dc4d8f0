import type { Report } from '@tutela/cybertip';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportOf } from '../triage/triage-ground.test-support.js';
import { account, clock, openRoutingGround, type RoutingGround } from './routing-ground.test-support.js';

interface Row {
  readonly referralId: string;
  readonly kind: string;
  readonly reportNumber: string | null;
  readonly authorityId: string;
  readonly state: string;
  readonly madeAt: string;
  readonly urgency: {
    readonly lane: string;
    readonly priority: number;
    readonly since: string;
    readonly reportNumber: string;
    readonly facts: readonly { readonly id: string; readonly weight: number }[];
  };
}
interface Window {
  readonly rows: readonly Row[];
  readonly first: string | null;
  readonly last: string | null;
  readonly total: number | null;
}

let ground: RoutingGround;
const window = async (query: string): Promise<Window> => (await ground.console<Window>(`referrals?${query}`))[1];

/** Every row, window after window, from the first down or from the last up. */
const walk = async (way: 'down' | 'up', query: string): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let found = await window(`${query}&limit=3&from=${way === 'down' ? 'start' : 'end'}`);
  while (found.rows.length > 0) {
    if (way === 'down') rows.push(...found.rows);
    else rows.unshift(...found.rows);
    const place = way === 'down' ? `after=${found.last}` : `before=${found.first}`;
    found = await window(`${query}&limit=3&total=skip&${place}`);
  }
  return rows;
};

const isInOrder = ([one, next]: readonly [Row, Row]): boolean => {
  const rank = ({ urgency: { lane, priority, since }, referralId }: Row) =>
    [lane === 'crisis' ? '0' : '1', String(100 - priority).padStart(3, '0'), since, referralId].join(' ');
  return rank(one) < rank(next);
};
const pairs = (rows: readonly Row[]): readonly (readonly [Row, Row])[] =>
  rows.slice(1).map((row, nth) => [rows[nth] as Row, row] as const);

type Kind = Report['incidentSummary']['incidentType'];
const kinds: readonly Kind[] = [
  'Child Pornography (possession, manufacture, and distribution)',
  'Online Enticement of Children for Sexual Acts',
  'Child Sex Tourism',
  'Child Sexual Molestation',
];
const urgent = { escalateToHighPriority: 'A child is on the way to a stranger.' };
/** Of more weight than what makes some of the crises, and no crisis. */
const grave = { reportAnnotations: { sextortion: true, sadisticOnlineExploitation: true } };
const reported = (nth: number, incidentType: Kind, more = {}) => ({
  ...account(`account-${nth}`, ['DE', 'FR', 'US'][nth % 3]),
  incidentSummary: { ...reportOf().incidentSummary, incidentType, ...more },
});

beforeAll(async () => {
  ground = await openRoutingGround({ largeBundle: 5 });
  for (let nth = 0; nth < 16; nth++) {
    clock.set(`2026-03-01T12:${String(nth).padStart(2, '0')}:00Z`);
    const more = nth % 5 === 2 || nth === 15 ? urgent : nth % 4 === 3 ? grave : {};
    await ground.file({ report: reported(nth, kinds[nth % kinds.length] as Kind, more) });
    await ground.work();
  }
}, 120_000);
afterAll(() => ground.close());

describe('the list of referrals', () => {
  test('has the most urgent first over all its windows, in both directions, and no crisis behind anything', async () => {
    const down = await walk('down', 'order=urgent');
    expect(down).toHaveLength(16);
    expect(pairs(down).filter((pair) => !isInOrder(pair))).toEqual([]);
    expect(await walk('up', 'order=urgent')).toEqual(down);
    const lanes = down.map(({ urgency }) => urgency.lane);
    const crises = lanes.filter((lane) => lane === 'crisis').length;
    expect(crises).toBeGreaterThan(3);
    expect(lanes.lastIndexOf('crisis')).toBe(crises - 1);
    expect(down[crises]?.urgency.priority).toBeGreaterThan(down[crises - 1]?.urgency.priority ?? 100);
    expect((await window('limit=500')).rows).toEqual(down);
  });

  test('counts what a filter leaves, keeps its order under each, and jumps to a rank', async () => {
    const all = await walk('down', 'order=urgent');
    const german = await walk('down', 'authority=de-demo-police');
    expect(german).toEqual(all.filter(({ authorityId }) => authorityId === 'de-demo-police'));
    expect((await window('country=DE&limit=1')).total).toBe(german.length);
    const { rows, total } = await window('rank=14&limit=5');
    expect([rows.map(({ referralId }) => referralId), total]).toEqual([
      all.slice(14).map(({ referralId }) => referralId),
      16,
    ]);
  });

  test('has the newest first where that is asked for', async () => {
    const newest = await walk('down', 'order=newest');
    const made = newest.map(({ madeAt }) => madeAt);
    expect(made).toEqual(made.toSorted().toReversed());
    expect(await walk('up', 'order=newest')).toEqual(newest);
    expect(newest).toHaveLength(16);
    const [{ last }] = [await window('order=newest&limit=2')];
    expect((await ground.console(`referrals?order=urgent&after=${last}`))[0]).toBe(400);
  });

  test('says by which facts of which report a referral stands where it does', async () => {
    const [first] = (await window('limit=1')).rows;
    expect(first?.urgency.reportNumber).toBe(first?.reportNumber);
    const weights = first?.urgency.facts.map(({ weight }) => weight) ?? [];
    expect(
      Math.min(
        100,
        weights.reduce((sum, weight) => sum + weight, 0),
      ),
    ).toBe(first?.urgency.priority);
    expect(first?.urgency.facts.map(({ id }) => id)).toContain('escalated');
  });

  test('shows as open what no authority has taken over and nobody withdrew', async () => {
    const [first, second] = (await window('state=open&limit=2')).rows;
    await ground.console(`referrals/${first?.referralId}/recall`, { reason: 'sent by mistake' });
    await ground.ask(second?.authorityId ?? '', `referrals/${second?.referralId}/acknowledgement`, {});
    const open = await walk('down', 'state=open');
    expect(open.map(({ state }) => state)).toEqual(Array(14).fill('available'));
    expect((await window('limit=2')).rows.map(({ state }) => state)).toEqual(['recalled', 'acknowledged']);
    expect((await window('state=recalled')).total).toBe(1);
  });
});

describe('what is judged again', () => {
  test('stands at once where its new priority puts it, without being routed again', async () => {
    const before = await walk('down', 'state=open');
    const last = before.at(-1)?.urgency.reportNumber ?? '';
    await sql`
      update clearinghouse.submission set content = jsonb_set(content, '{incidentSummary,reportAnnotations}', '{"sextortion": true}')
       where report_number = ${last}::bigint`.execute(ground.db);
    await sql`insert into clearinghouse.triage_pending values (${last}::bigint, 'normal', now())`.execute(ground.db);
    await ground.desk.triage();
    const after = await walk('down', 'state=open');
    expect(after.findIndex(({ reportNumber }) => reportNumber === last)).toBeLessThan(before.length - 1);
    expect(pairs(after).filter((pair) => !isInOrder(pair))).toEqual([]);
  });

  test('brings the bundle before everything else in which a report can no longer wait', async () => {
    const bytes = new TextEncoder().encode('a picture that many post');
    const members = [];
    for (let nth = 0; nth < 6; nth++) members.push(await ground.fileIn('SE', bytes));
    await ground.work();
    const [bundle] = await ground.rows(sql<{ bundle_id: string }>`
      select bundle_id from clearinghouse.bundle_member where report_number = ${members[3] ?? ''}::bigint`);
    await ground.console(`bundles/${bundle?.bundle_id}/forward`, { reason: 'one picture' });
    const swedish = async () => (await window('country=SE')).rows;
    expect(await swedish()).toMatchObject([{ kind: 'bundle', urgency: { lane: 'normal' } }]);
    await sql`
      update clearinghouse.submission
         set content = jsonb_set(content, '{incidentSummary,escalateToHighPriority}', '"A child is named."')
       where report_number = ${members[3] ?? ''}::bigint`.execute(ground.db);
    await sql`
      insert into clearinghouse.triage_pending values (${members[3] ?? ''}::bigint, 'crisis', now())`.execute(
      ground.db,
    );
    await ground.desk.triage();
    expect(await swedish()).toMatchObject([{ kind: 'bundle', urgency: { lane: 'crisis', reportNumber: members[3] } }]);
    const all = await walk('down', 'order=urgent');
    expect(pairs(all).filter((pair) => !isInOrder(pair))).toEqual([]);
  });
});
