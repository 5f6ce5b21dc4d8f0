import { type OpenOptions, openSegment } from '@tutela/attribution';
import {
  type AnswerDocument,
  type OrderDocument,
  type OrderState,
  readAnswerDocument,
} from '@tutela/attribution/exchange';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sequence } from '@tutela/ledger/postgres';
import { policyCoveredTables } from '@tutela/policy/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProviderDesk, providerCoveredTables } from './desk.js';
import {
  agency,
  atHour,
  day,
  type Ground,
  junosLog,
  natSource,
  observation,
  openDesk,
  openGround,
  order,
  radiusLog,
  radiusSource,
  type Served,
  serve,
  value,
} from './open-desk.test-support.js';

const accountOf = (customer: number): string => `u${customer}@isp.example`;
const ip = '203.0.113.9';
const leases = [
  { customer: 1, ip, block: 0, from: atHour(2), to: atHour(10) },
  { customer: 2, ip, block: 0, from: atHour(11), to: atHour(20) },
  { customer: 3, ip, block: 1, from: atHour(2), to: atHour(20) },
];
const wholeDay = { from: atHour(0), to: atHour(24) - 1 };

let ground: Ground;
let desk: ProviderDesk;
let served: Served;
let asking: ReturnType<typeof agency>;
const opened: string[] = [];
const watched = (file: string, options: OpenOptions) => {
  opened.push(file);
  return openSegment(file, options);
};

beforeAll(async () => {
  ground = await openGround('2026-03-03T10:00:00Z');
  desk = await openDesk(ground, { openSegment: watched });
  served = await serve(desk);
  asking = agency(served.address, (await desk.issueCredential('Toronto police', 'operator')).credential);
  value(await desk.addSource(natSource, 'operator'));
  value(await desk.addSource(radiusSource, 'operator'));
  const nat = await ground.file('nat.log', junosLog(leases));
  const radius = await ground.file('radius.log', radiusLog([1, 2, 3], accountOf));
  value(await desk.ingest({ exporter: 'cgn1', files: [nat], covers: wholeDay, by: 'operator' }));
  value(await desk.ingest({ exporter: 'radius1', files: [radius], covers: wholeDay, by: 'operator' }));
  const customers = [1, 2, 3].map((customer) => ({
    account: accountOf(customer),
    name: `Person ${customer}`,
    line: customer === 2 ? 'business' : 'residential',
    installationAddress: `${customer} Line Street`,
    billingAddress: customer === 1 ? 'PO Box 1' : `${customer} Line Street`,
  }));
  value(await desk.noteIdentities(linesOf(customers), 'operator'));
});
afterAll(async () => {
  await served.stop();
  await ground.close();
});

async function* linesOf(rows: readonly object[]) {
  for (const row of rows) yield JSON.stringify(row);
}

const sent = async (document: OrderDocument): Promise<OrderState> => {
  const { status, text } = await asking.send(document);
  if (status !== 201) throw new Error(`${status} ${text}`);
  return JSON.parse(text) as OrderState;
};
const put = async (orderId: string) =>
  value(await desk.askRelease(orderId, { by: ground.asker, reason: 'read' })).digest;
const released = async (document: OrderDocument): Promise<AnswerDocument> => {
  const { orderId } = await sent(document);
  const approval = await put(orderId);
  await ground.approve(approval, 'staff-2');
  await ground.approve(approval, 'staff-3');
  value(await desk.releaseOrder(orderId, { approval, by: 'clerk' }));
  const { status, text } = await asking.answer(orderId);
  expect(status).toBe(200);
  return value(readAnswerDocument(JSON.parse(text)));
};

describe('an order over HTTP', () => {
  test('is answered after two people approved it, with the one it leads to and both addresses', async () => {
    const document = order([observation(ip, 1100, atHour(4)), observation(ip, 1100, atHour(10.5))]);
    const answers = await released(document);
    expect(answers.answers.map(({ released: answer }) => answer)).toMatchObject([
      {
        outcome: 'EXACT_ONE',
        candidates: 1,
        reasons: [],
        margin: { after: { kind: 'exact' } },
        coverage: { kind: 'proven' },
        load: { subscribersOnAddress: 3 },
        mistakes: { 'hour-earlier': 'same', 'twelve-hours': 'would-change' },
        caveats: ['SUBSCRIBER_IS_NOT_USER'],
      },
      { outcome: 'NONE_PROVEN', candidates: 0, caveats: ['SUBSCRIBER_IS_NOT_USER'] },
    ]);
    const [first] = answers.answers;
    const handle = first?.released.outcome === 'EXACT_ONE' ? first.released.subscriber : '';
    expect(answers.identities).toEqual([
      {
        subscriber: handle,
        name: 'Person 1',
        line: 'residential',
        installationAddress: '1 Line Street',
        billingAddress: 'PO Box 1',
        reasons: ['BILLING_NE_INSTALLATION_ADDRESS'],
      },
    ]);
  });

  test('sent again is the same order, and another agency does not see it', async () => {
    const document = order([observation(ip, 1100, atHour(5))]);
    const first = await sent(document);
    const again = await asking.send(document);
    expect([again.status, JSON.parse(again.text)]).toEqual([200, first]);
    const other = agency(served.address, (await desk.issueCredential('Another police', 'operator')).credential);
    expect((await other.state(first.orderId)).status).toBe(404);
    expect((await other.answer(first.orderId)).status).toBe(404);
    expect((await agency(served.address, 'guessed').send(document)).status).toBe(401);
    expect((await asking.answer(first.orderId)).status).toBe(409);
  });

  test.each<[string, object, number, string]>([
    ['a member nobody knows', { everybody: 'please' }, 400, 'order-malformed'],
    [
      'a time without a zone',
      {
        observations: [
          { ...observation(ip, 1, atHour(4)), from: { text: '2026-03-02 18:04:05', utc: '2026-03-02T18:04:05.000Z' } },
        ],
      },
      422,
      'TIME_NO_ZONE',
    ],
    [
      'a time that is read otherwise here',
      {
        observations: [
          {
            ...observation(ip, 1, atHour(4)),
            from: { text: '2025-07-02 18:04:05 America/Asuncion', utc: '2025-07-02T22:04:05.000Z' },
          },
        ],
      },
      422,
      'TIME_DISAGREES',
    ],
    ['an inside address', { observations: [observation('100.64.7.21', 1, atHour(4))] }, 422, 'ADDRESS_NOT_PUBLIC'],
    ['a padded address', { observations: [observation('203.000.113.9', 1, atHour(4))] }, 422, 'ADDRESS_MALFORMED'],
    ['an end that is over', { expiresAt: '2026-03-03T09:59:00.000Z' }, 422, 'order-expired'],
  ])('with %s is turned away by its code, and nothing of it is kept', async (_, change, status, code) => {
    const before = (await desk.orders(500)).length;
    const answer = await asking.send({ ...order([observation(ip, 1100, atHour(4))]), ...change });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(code);
    expect((await desk.orders(500)).length).toBe(before);
  });

  test('out of scope is refused, and no segment is opened for it', async () => {
    opened.length = 0;
    const scope = [{ addresses: '203.0.113.10', from: `${day}T00:00:00.000Z`, to: `${day}T23:00:00.000Z` }];
    const { answers } = await released(order([observation(ip, 1100, atHour(4))], { scope }));
    expect(answers[0]?.released).toMatchObject({ outcome: 'REFUSED', reasons: ['OUTSIDE_ORDER_ADDRESS'] });
    expect(opened).toEqual([]);
    const early = [{ addresses: ip, from: `${day}T05:00:00.000Z`, to: `${day}T06:00:00.000Z` }];
    const other = await released(order([observation(ip, 1100, atHour(4))], { scope: early }));
    expect(other.answers[0]?.released).toMatchObject({ outcome: 'REFUSED', reasons: ['OUTSIDE_ORDER_TIME'] });
    expect(opened).toEqual([]);
  });

  test('is not released by one person, nor by who asked, nor by an approval of another order', async () => {
    opened.length = 0;
    const { orderId } = await sent(order([observation(ip, 1100, atHour(6))]));
    const approval = await put(orderId);
    await ground.approve(approval, 'staff-2');
    const codeOf = async (id: string) => {
      const outcome = await desk.releaseOrder(id, { approval, by: 'clerk' });
      return outcome.kind === 'done' ? 'done' : outcome.reason.code;
    };
    expect(await codeOf(orderId)).toBe('too-few');
    await expect(ground.approve(approval, 'staff-1' as 'staff-2')).rejects.toThrow();
    expect(await codeOf(orderId)).toBe('too-few');
    const another = await sent(order([observation(ip, 1100, atHour(7))]));
    await ground.approve(approval, 'staff-3');
    expect(await codeOf(another.orderId)).toBe('other-content');
    expect(opened).toEqual([]);
    expect(await codeOf(orderId)).toBe('done');
    expect(opened).not.toEqual([]);
    expect(JSON.parse((await asking.state(orderId)).text)).toMatchObject({ state: 'released' });
  });

  test('that was declined or has expired is not answered', async () => {
    opened.length = 0;
    const declined = await sent(order([observation(ip, 1100, atHour(8))]));
    const approval = await put(declined.orderId);
    value(await desk.declineOrder(declined.orderId, { by: 'clerk', reason: 'the copy is not legible' }));
    expect(JSON.parse((await asking.state(declined.orderId)).text)).toMatchObject({
      state: 'declined',
      reason: 'the copy is not legible',
    });
    expect(await desk.releaseOrder(declined.orderId, { approval, by: 'clerk' })).toMatchObject({ kind: 'refused' });
    const expiring = await sent(order([observation(ip, 1100, atHour(8))], { expiresAt: '2026-03-03T11:00:00.000Z' }));
    const digest = await put(expiring.orderId);
    await ground.approve(digest, 'staff-2');
    await ground.approve(digest, 'staff-3');
    ground.clock.set('2026-03-03T11:00:01Z');
    expect(await desk.releaseOrder(expiring.orderId, { approval: digest, by: 'clerk' })).toMatchObject({
      reason: { code: 'order-expired' },
    });
    expect(JSON.parse((await asking.state(expiring.orderId)).text)).toMatchObject({ state: 'expired' });
    ground.clock.set('2026-03-03T10:00:00Z');
    expect(opened).toEqual([]);
  });

  test('that asks nearly the same again raises an alarm', async () => {
    const near = await sent(order([observation(ip, 1100, atHour(4) + 60_000), observation(ip, 40_000, atHour(4))]));
    const line = (await desk.orders(500)).find(({ orderId }) => orderId === near.orderId);
    expect(line).toMatchObject({ nearDuplicates: 1 });
  });

  test('beyond the number of an hour is put off', async () => {
    const small = await openDesk(ground, { limits: { ordersAnHour: 1, observationsAnOrder: 1, nearDuplicateMs: 1 } });
    const { address, stop } = await serve(small);
    const hasty = agency(address, (await small.issueCredential('Hasty police', 'operator')).credential);
    expect((await hasty.send(order([observation(ip, 1, atHour(4))]))).status).toBe(201);
    expect((await hasty.send(order([observation(ip, 2, atHour(4))]))).status).toBe(429);
    expect((await hasty.send(order([observation(ip, 2, atHour(4)), observation(ip, 3, atHour(4))]))).status).toBe(422);
    await stop();
  });

  test('of one customer throughout is answered by the intersection', async () => {
    const document = order([observation(ip, undefined, atHour(4)), observation(ip, undefined, atHour(15))], {
      together: 'one-subscriber',
      qualified: 'disclosed',
      disclose: 'handle',
    });
    const { together, answers, identities } = await released(document);
    expect(answers.map(({ released: answer }) => answer.outcome)).toEqual(['N_CANDIDATES', 'N_CANDIDATES']);
    expect(together).toMatchObject({ sizes: [2, 2], candidates: 1, outcome: 'ONE_QUALIFIED' });
    expect(together?.subscriber).toMatch(/^[0-9a-f]{32}$/);
    expect(identities).toEqual([]);
  });
});

describe('an answer', () => {
  test('is made again a year later byte for byte, and not once its segment is gone', async () => {
    const { answers } = await released(order([observation(ip, 1600, atHour(4))]));
    const answerId = answers[0]?.answerId ?? '';
    ground.clock.set('2026-05-03T10:00:00Z');
    expect(value(await desk.reproduce(answerId, 'clerk'))).toMatchObject({ outcome: 'same' });
    ground.clock.set('2026-07-03T10:00:00Z');
    const gone = await desk.expireSegments('timer');
    expect(gone).toHaveLength(2);
    const kept = await desk.segments();
    expect(kept.every(({ certificate }) => certificate?.includes('tutela-segment-deletion/1') === true)).toBe(true);
    expect(await desk.reproduce(answerId, 'clerk')).toMatchObject({ reason: { code: 'segment-deleted' } });
    ground.clock.set('2026-03-03T10:00:00Z');
  });

  test('about a time that is no longer kept says so', async () => {
    ground.clock.set('2026-07-03T10:00:00Z');
    const late = order([observation(ip, 1100, atHour(9))], { expiresAt: '2026-08-03T09:00:00.000Z' });
    const { answers } = await released(late);
    expect(answers[0]?.released).toMatchObject({ outcome: 'REFUSED', reasons: ['RETENTION_EXPIRED'] });
    ground.clock.set('2026-03-03T10:00:00Z');
  });
});

test('every row of the desk is vouched for by the ledger', async () => {
  const signer = signerFromPem('provider.example/ledger', newSigningKeyPem());
  value(await sequence(ground.database.db, { signer, clock: ground.clock }));
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  const coveredTables = [...providerCoveredTables, ...policyCoveredTables];
  expect((await checkLedger(ground.database.db, { publicKeys, coveredTables })).findings).toEqual([]);
});
