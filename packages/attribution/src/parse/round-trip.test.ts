import {
  formatCiscoSession,
  formatJunosBlock,
  formatKeaDelegation,
  formatRadiusDetail,
  keaHeader,
} from '@tutela/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIpv6, ipv6Prefix } from '../observation/ipv6.js';
import { logFormats } from './log-formats.js';
import { readAll } from './samples.test-support.js';

const ip4 = fc.integer({ min: 1, max: 0xffffffff });
const port = fc.integer({ min: 1, max: 65_535 });
const range = fc.tuple(port, port).map(([a, b]) => ({ portFirst: Math.min(a, b), portLast: Math.max(a, b) }));
/** A moment of 2026 in whole seconds. */
const second = fc
  .integer({ min: Date.UTC(2026, 0, 1) / 1000, max: Date.UTC(2027, 0, 1) / 1000 - 1 })
  .map((at) => at * 1000);
const ms = second.chain((at) => fc.nat(999).map((more) => at + more));
const word = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abcXYZ019-_.'.split('')) });
const account = fc
  .string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'aé€"\\@. ;='.split('')) })
  .map((text) => `u${text}x`);
const duid = fc
  .uint8Array({ minLength: 4, maxLength: 20 })
  .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':'));

const only = async (name: string, text: string) => {
  const log = await readAll(logFormats.get(name)!, Buffer.from(text));
  expect(log.rejects.map((reject) => [reject.fault, Buffer.from(reject.bytes).toString()])).toEqual([]);
  return log;
};
const inside = (value: number, vrf?: number) => ({
  ip4: value,
  ip6: undefined,
  vrf: vrf === undefined ? undefined : String(vrf),
  tunnel: undefined,
});

describe('what is written as a log line reads back as the record', () => {
  test('Junos SPC3 port blocks', async () => {
    const blocks = fc.record({
      event: fc.constantFrom('alloc', 'interim', 'release'),
      at: ms,
      since: second,
      host: word,
      pool: word,
      inside: ip4,
      outside: ip4,
      sequence: fc.option(fc.nat(), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(blocks, range, async (part, ports) => {
        const block = { ...part, ...ports };
        const { records } = await only('junos-spc3', `${formatJunosBlock(block)}\n`);
        expect(records).toMatchObject([
          {
            kind: 'block',
            event: block.event,
            proto: '*',
            natInstance: block.pool,
            inside: inside(block.inside),
            outside: { ip4: block.outside, ...ports },
            tDevice: block.event === 'interim' ? block.at : Math.floor(block.at / 1000) * 1000,
            tStart: block.event === 'interim' ? block.since : undefined,
          },
        ]);
      }),
    );
  });

  test('Cisco IOS-XE sessions', async () => {
    const sessions = fc.record({
      event: fc.constantFrom('alloc', 'release'),
      at: ms,
      sequence: fc.nat(),
      host: word,
      proto: fc.constantFrom<6 | 17>(6, 17),
      inside: ip4,
      insidePort: port,
      outside: ip4,
      outsidePort: port,
      dest: ip4,
      destPort: port,
      vrf: fc.nat(65_535),
    });
    await fc.assert(
      fc.asyncProperty(sessions, async (session) => {
        const { records } = await only('cisco-ios-xe', `${formatCiscoSession(session)}\n`);
        expect(records).toMatchObject([
          {
            kind: 'session',
            event: session.event,
            proto: session.proto,
            inside: inside(session.inside, session.vrf),
            outside: { ip4: session.outside, portFirst: session.outsidePort, portLast: session.outsidePort },
            dest: { ip4: session.dest, port: session.destPort },
            tDevice: session.at,
            precisionMs: 1,
            qualifiers: ['YEAR_INFERRED'],
          },
        ]);
      }),
    );
  });

  test('FreeRADIUS detail', async () => {
    const events = fc.record({
      status: fc.constantFrom('Start', 'Interim-Update', 'Stop'),
      at: second,
      sessionId: word,
      sessionSeconds: fc.nat(86_400),
      account,
      nas: ip4,
      nasPort: word,
      callingStation: word,
      framedIp: ip4,
      delegated: fc.constantFrom(undefined, '2001:db8:12:3400::/56'),
    });
    const blocks = fc.option(fc.tuple(fc.constantFrom('Allocation' as const, 'Deallocation' as const), ip4, range), {
      nil: undefined,
    });
    await fc.assert(
      fc.asyncProperty(events, blocks, async (part, block) => {
        const given =
          block === undefined
            ? undefined
            : { event: block[0], outside: block[1], first: block[2].portFirst, last: block[2].portLast };
        const { records } = await only('freeradius-detail', formatRadiusDetail({ ...part, block: given }));
        const event = part.status === 'Start' ? 'alloc' : part.status === 'Stop' ? 'release' : 'interim';
        const { account: name, callingStation, nasPort, sessionId } = part;
        const subscriber = { account: name, callingStation, nasPort, sessionId };
        const tStart = part.status === 'Start' ? undefined : part.at - part.sessionSeconds * 1000;
        expect(records).toMatchObject([
          { kind: 'radius', event, inside: inside(part.framedIp), tDevice: part.at, tStart, subscriber },
          ...(part.delegated === undefined ? [] : [{ kind: 'pd', event, inside: { ip6: { length: 56 } }, subscriber }]),
          ...(given === undefined
            ? []
            : [
                {
                  kind: 'block',
                  event: given.event === 'Allocation' ? 'alloc' : 'release',
                  outside: { ip4: given.outside, portFirst: given.first, portLast: given.last },
                },
              ]),
        ]);
      }),
    );
  });

  test('Kea delegations', async () => {
    const leases = fc.record({
      value: fc.bigInt(1n, 2n ** 128n - 1n),
      length: fc.integer({ min: 1, max: 64 }),
      start: second,
      lifetimeSeconds: fc.integer({ min: 1, max: 1_000_000 }),
      duid,
      iaid: fc.nat(),
      subnet: fc.integer({ min: 1, max: 1000 }),
    });
    await fc.assert(
      fc.asyncProperty(leases, async ({ value, length, ...lease }) => {
        const prefix = ipv6Prefix(value, length);
        const row = formatKeaDelegation({ ...lease, address: formatIpv6(prefix.value), length });
        const { records } = await only('kea-csv', `${keaHeader}\n${row}\n`);
        expect(records).toMatchObject([
          {
            kind: 'pd',
            event: 'alloc',
            inside: { ip6: prefix },
            tDevice: lease.start,
            tExpiry: lease.start + lease.lifetimeSeconds * 1000,
            subscriber: { duid: lease.duid, iaid: String(lease.iaid) },
          },
        ]);
      }),
    );
  });
});
