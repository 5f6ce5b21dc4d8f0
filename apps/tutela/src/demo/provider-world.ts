import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { formatJunosBlock, formatRadiusDetail } from '@tutela/testkit';
import type { Workplace } from '../node/workplace.js';
import { granted } from '../policy/refusals.js';

/** A connection that the provider's log has to know; from the documentation addresses (RFC 5737). */
export interface LoggedConnection {
  readonly ip: string;
  readonly port: number;
  /** RFC 3339. */
  readonly uploadedAt: string;
}

const by = 'demonstration';
const minute = 60_000;
const day = 1440 * minute;
/** Shared addresses of carriers (RFC 6598). */
const insideNet = '100.64.0.0';
const radiusServer = '192.0.2.1';
const subscribers = [1, 2, 3];
const accountOf = (subscriber: number): string => `subscriber-${subscriber}@isp.example`;

/**
 * Makes a provider of the provider desk: a carrier's NAT that gave one block of ports to three subscribers one after the
 * other, their sessions, and who they are. What is there already stays.
 * @param folder for its logs
 */
export const makeDemoProvider = async (
  { desks: { provider } }: Workplace,
  folder: string,
  connection: LoggedConnection,
): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const start = Math.floor(Date.parse(connection.uploadedAt) / day) * day;
  const [declared, kept] = [await provider.sources(), await provider.segments()];
  const logs = [
    { declaration: natSource(connection), text: natLog(connection, start) },
    { declaration: radiusSource, text: radiusLog(start) },
  ];
  for (const { declaration, text } of logs) {
    const { exporter } = declaration.log;
    const isHere = (one: { readonly exporter: string }): boolean => one.exporter === exporter;
    if (!declared.some(isHere)) granted(await provider.addSource(declaration, by));
    if (kept.some(isHere)) continue;
    const file = path.join(folder, `${exporter}.log`);
    await writeFile(file, text);
    granted(await provider.ingest({ exporter, files: [file], covers: { from: start, to: start + day - 1 }, by }));
  }
  granted(await provider.noteIdentities(customers(), by));
};

const log = {
  exporterFrom: 'declaration',
  zone: 'UTC',
  year: { kind: 'none' },
  abbreviations: {},
  hours: 24,
  sequence: 'some-messages',
};
const declared = {
  realm: 'demonstration',
  vrf: 'ignored',
  account: ['account'],
  clockErrorSeconds: 0,
  // The uploads of the demonstration stay at their day, however old it is.
  retentionDays: 3650,
  evidence: 'lossless',
  ends: { kind: 'logged' },
};

const natSource = ({ ip }: LoggedConnection) => ({
  ...declared,
  log: { ...log, exporter: 'demo-nat', natInstance: 'demo-pool' },
  format: 'junos-spc3',
  role: { kind: 'translation', nat: 'port-blocks', leadsTo: 'inside' },
  pools: [`${ip}/32`],
});

const radiusSource = {
  ...declared,
  log: { ...log, exporter: 'demo-radius', natInstance: 'demo-radius' },
  format: 'freeradius-detail',
  role: { kind: 'session' },
  pools: [],
};

/** The one before leaves seven minutes before the moment that is asked about, the next comes thirteen after. */
const natLog = ({ ip, port, uploadedAt }: LoggedConnection, start: number): string => {
  const asked = Date.parse(uploadedAt);
  const portFirst = port - (port % 512);
  const held: readonly (readonly [number, number])[] = [
    [start + 60 * minute, asked - 7 * minute],
    [asked - 5 * minute, asked + 11 * minute],
    [asked + 13 * minute, start + 1380 * minute],
  ];
  return held
    .flatMap((times, place) =>
      (['alloc', 'release'] as const).map((event, which) => {
        const at = times[which] ?? start;
        const block = { portFirst, portLast: portFirst + 511, outside: ipv4(ip), inside: insideOf(place + 1) };
        return `${formatJunosBlock({ event, at, since: times[0], host: 'demo', pool: 'demo-pool', ...block, sequence: undefined })}\n`;
      }),
    )
    .join('');
};

/** Each online all day. */
const radiusLog = (start: number): string =>
  (['Start', 'Stop'] as const)
    .flatMap((status, which) =>
      subscribers.map((subscriber) =>
        formatRadiusDetail({
          status,
          at: start + (which === 0 ? 30 : 1410) * minute + subscriber * 1000,
          sessionId: `session-${subscriber}`,
          sessionSeconds: 1380 * 60,
          account: accountOf(subscriber),
          nas: ipv4(radiusServer),
          nasPort: 'slot=1',
          callingStation: '00:00:5e:00:53:01',
          framedIp: insideOf(subscriber),
          delegated: undefined,
          block: undefined,
        }),
      ),
    )
    .join('');

/** Nobody real, at no address. */
async function* customers(): AsyncGenerator<string> {
  for (const subscriber of subscribers) {
    const place = `${subscriber} Invented Street`;
    const row = { account: accountOf(subscriber), name: `Invented Subscriber ${subscriber}`, line: 'residential' };
    yield JSON.stringify({ ...row, installationAddress: place, billingAddress: place });
  }
}

const ipv4 = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const insideOf = (subscriber: number): number => ipv4(insideNet) + subscriber;
