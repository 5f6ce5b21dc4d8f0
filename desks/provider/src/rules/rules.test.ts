import type { JsonValue } from '@tutela/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProviderDesk } from '../desk.js';
import {
  atHour,
  type Ground,
  observation,
  openDesk,
  openGround,
  order,
  radiusLog,
  radiusSource,
  value,
} from '../open-desk.test-support.js';
import { receiveOrder } from '../order/receive-order.js';

let ground: Ground;
let desk: ProviderDesk;
beforeAll(async () => {
  ground = await openGround('2026-03-03T10:00:00Z');
  desk = await openDesk(ground);
  value(await desk.addSource(radiusSource, 'operator'));
  const radius = await ground.file(
    'radius.log',
    radiusLog([1, 2, 3], (customer) => `u${customer}`),
  );
  const covers = { from: atHour(0), to: atHour(24) - 1 };
  value(await desk.ingest({ exporter: 'radius1', files: [radius], covers, by: 'operator' }));
});
afterAll(() => ground.close());

/** RFC 7422 §2's example, with inside addresses of RFC 6598: 14 hosts, 4032 ports each. */
const deterministic = (change: object = {}, vectors: readonly object[] = deviceSays): JsonValue =>
  JSON.parse(
    JSON.stringify({
      natInstance: 'det-1',
      from: '2026-01-01T00:00:00Z',
      pools: ['203.0.113.200'],
      realm: 'access',
      clockErrorSeconds: 0,
      rule: {
        kind: 'rfc7422',
        insideNetwork: '100.64.0.0/28',
        boundaries: 'excluded',
        outsideFirst: '203.0.113.200',
        outsideCount: 1,
        dynamicFactor: 2,
        algorithm: 0,
        reserved: [[0, 1023]],
        ...change,
      },
      vectors,
    }),
  ) as JsonValue;
const deviceSays = [
  { outside: '203.0.113.200', port: 2001, inside: '100.64.0.1' },
  { outside: '203.0.113.200', port: 5056, inside: '100.64.0.2' },
];

const enabled = async (document: JsonValue): Promise<string> => {
  const { ruleId } = value(await desk.addRule(document, 'operator'));
  const outcome = await desk.enableRule(ruleId, 'operator');
  return outcome.kind === 'done' ? outcome.value : outcome.reason.code;
};

describe('a rule', () => {
  test('is enabled only by what the device itself says, 14 or 16 customers being told apart', async () => {
    expect(await enabled(deterministic({}, []))).toBe('TEST_VECTOR_MISSING');
    expect(await enabled(deterministic({ boundaries: 'included' }))).toBe('TEST_VECTOR_DIFFERS');
    expect(await enabled(deterministic({ algorithm: 1 }))).toBe('RULE_UNSUPPORTED');
    expect((await desk.rules()).every(({ enabledAt }) => enabledAt === null)).toBe(true);
    expect(await enabled(deterministic())).toBe('enabled');
    expect(
      await enabled(
        deterministic({
          dynamicFactor: 2,
          reserved: [
            [0, 1023],
            [1023, 1023],
          ],
        }),
      ),
    ).toBe('versions-overlap');
  });

  test('of MAP is enabled by the worked example of RFC 7597', async () => {
    const map = {
      natInstance: 'map-1',
      from: '2026-01-01T00:00:00Z',
      pools: ['192.0.2.0/24'],
      realm: 'access',
      clockErrorSeconds: 0,
      rule: { kind: 'map-e', ip6: '2001:db8::/40', ip4: '192.0.2.0/24', eaLength: 16, psidOffset: 6 },
      vectors: [{ outside: '192.0.2.18', port: 1232, prefix: '2001:db8:12:3400::/56' }],
    };
    expect(await enabled(map)).toBe('enabled');
  });

  test('answers without a log of the NAT: the session behind the inside address is the customer', async () => {
    const ip = '203.0.113.200';
    const asked = [2001, 5056, 58_204, 100].map((port) => observation(ip, port, atHour(4)));
    const { agencyId } = await desk.issueCredential('Toronto police', 'operator');
    const limits = { ordersAnHour: 9, observationsAnOrder: 9, nearDuplicateMs: 1 };
    const deps = {
      db: ground.database.db,
      clock: ground.clock,
      limits,
      folder: ground.folder,
      tags: undefined as never,
    };
    const received = await receiveOrder(deps, agencyId, order(asked, { disclose: 'handle' }));
    if (received.kind !== 'received') throw new Error(received.problem.code);
    const { orderId } = received.state;
    const { digest } = value(await desk.askRelease(orderId, { by: ground.asker, reason: 'rules' }));
    await ground.approve(digest, 'staff-2');
    await ground.approve(digest, 'staff-3');
    const { document } = value(await desk.releaseOrder(orderId, { approval: digest, by: 'clerk' }));
    const released = document.answers.map((answer) => answer.released);
    expect(released.map(({ outcome }) => outcome)).toEqual(['EXACT_ONE', 'EXACT_ONE', 'NONE_UNKNOWN', 'NONE_PROVEN']);
    expect(released.map(({ reasons }) => reasons)).toEqual([[], [], ['DYNAMIC_POOL', 'LOG_GAP'], ['RESERVED_PORT']]);
    const handles = released.flatMap((answer) => ('subscriber' in answer ? [answer.subscriber] : []));
    expect(new Set(handles).size).toBe(2);
    expect(value(await desk.reproduce(document.answers[0]?.answerId ?? '', 'clerk')).outcome).toBe('same');
  });
});
