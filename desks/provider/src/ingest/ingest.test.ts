import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ingested } from '../index.js';
import {
  atHour,
  type Ground,
  junosLog,
  type Lease,
  natSource,
  openDesk,
  openGround,
  value,
} from '../open-desk.test-support.js';

const victim = fileURLToPath(new URL('ingest-victim.test-support.js', import.meta.url));
const twoDays = { from: atHour(0), to: atHour(48) - 1 };

let ground: Ground;
beforeAll(async () => {
  ground = await openGround('2026-03-04T10:00:00Z');
  value(await (await openDesk(ground)).addSource(natSource, 'operator'));
});
afterAll(() => ground.close());

/** Blocks of 40 addresses, each handed on every few minutes over two days. */
const leases = (count: number): readonly Lease[] =>
  Array.from({ length: count }, (_, place) => {
    const [ip, block] = [place % 40, Math.floor(place / 40) % 100];
    const turn = Math.floor(place / 4000);
    const from = atHour(0) + (turn * 40 + ip + (block % 7)) * 30_000;
    return { customer: (place * 7919) % 4000, ip: `203.0.113.${ip}`, block, from, to: from + 15 * 60_000 };
  }).filter(({ to }) => to < twoDays.to);

const badLine = '<14>1 2026-03-02T18:04:00.250Z bng1 RT_NAT - RT_SRC_NAT_PBA_ALLOC [junos@2636 internal-ip="u1"]\n';
const digests = ({ segments }: Pick<Ingested, 'segments'>): readonly string[] => segments.map(({ sha256 }) => sha256);
const inOther = (name: string) => path.join(ground.scratch, name);

test('killed at any moment, an ingest comes to the same segments', async () => {
  const file = await ground.file('kill.log', `${badLine}${junosLog(leases(8000))}${badLine}`);
  const { size } = await stat(file);
  const killed = inOther('killed');
  const run = async (lastByte: number, killWhen?: () => Promise<boolean>): Promise<string> => {
    const argv = [victim, ground.database.url, killed, file, String(lastByte)];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    const ended = once(child, 'exit');
    while (killWhen !== undefined && child.exitCode === null && child.signalCode === null) {
      if (await killWhen()) child.kill('SIGKILL');
      else await sleep(5);
    }
    await ended;
    return out.trim();
  };
  const journal = async (): Promise<{ readonly file: number; readonly chunks: number }> => {
    const [work = ''] = await readdir(path.join(killed, 'work'));
    return JSON.parse(await readFile(path.join(killed, 'work', work, 'journal.json'), 'utf8')) as never;
  };
  const seen: number[] = [];
  for (const share of [0.4, 0.8]) {
    expect(await run(share * size)).toBe('');
    seen.push((await journal()).chunks);
  }
  expect(seen).toEqual([...seen].sort((one, other) => one - other));
  expect(new Set(seen).size).toBe(2);
  // Once more when the segments are being made.
  await run(Number.MAX_SAFE_INTEGER, async () => {
    const entries = await readdir(path.join(killed, 'work'), { recursive: true }).catch(() => []);
    return entries.some((entry) => entry.includes('build-'));
  });
  expect(await journal()).toMatchObject({ file: 1 });
  const last = await run(Number.MAX_SAFE_INTEGER);
  const resumed = value(JSON.parse(last) as Parameters<typeof value<Ingested>>[0]);
  expect(resumed.tally).toMatchObject({ rejected: 2 });
  const rejects = await readFile(path.join(killed, 'segments', resumed.ingestId, 'rejects.jsonl'), 'utf8');
  expect(rejects.trimEnd().split('\n')).toHaveLength(2);
  expect(await readdir(path.join(killed, 'work'))).toEqual([]);

  // The same without a kill, by another installation with the same key.
  const other = await openGround('2026-03-04T10:00:00Z');
  await mkdir(other.folder);
  await cp(path.join(killed, 'handles.key'), path.join(other.folder, 'handles.key'));
  const desk = await openDesk(other);
  value(await desk.addSource(natSource, 'operator'));
  const whole = value(await desk.ingest({ exporter: 'cgn1', files: [file], covers: twoDays, by: 'operator' }));
  await other.close();
  expect(digests(resumed)).toEqual(digests(whole));
  expect(digests(whole)).toHaveLength(2);
  expect(resumed.tally).toEqual(whole.tally);
}, 120_000);

test('the same file twice is ingested once, and a shuffled one gives the same holdings', async () => {
  const desk = await openDesk(ground);
  const text = junosLog(leases(3000));
  const one = await ground.file('one.log', text);
  const first = value(await desk.ingest({ exporter: 'cgn1', files: [one], covers: twoDays, by: 'operator' }));
  const again = value(await desk.ingest({ exporter: 'cgn1', files: [one], covers: twoDays, by: 'operator' }));
  expect([first.when, again.when]).toEqual(['now', 'before']);
  expect(digests(again)).toEqual(digests(first));
  const lines = text.trimEnd().split('\n');
  const mixed = await ground.file(
    'mixed.log',
    `${lines.filter((_, at) => at % 2).join('\n')}\n${lines.filter((_, at) => at % 2 === 0).join('\n')}\n`,
  );
  const shuffled = value(await desk.ingest({ exporter: 'cgn1', files: [mixed], covers: twoDays, by: 'operator' }));
  expect(shuffled.segments.map(({ records }) => records)).toEqual(first.segments.map(({ records }) => records));
});

test('a log that is not what was declared is refused by name', async () => {
  const desk = await openDesk(ground);
  const nfdump = {
    ...natSource,
    log: { ...natSource.log, exporter: 'flow1' },
    format: 'nfdump-csv',
    pools: ['198.51.100.0/24'],
  };
  value(await desk.addSource(nfdump, 'operator'));
  const file = await ground.file(
    'flow.csv',
    'firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows\n',
  );
  expect(await desk.ingest({ exporter: 'flow1', files: [file], by: 'operator' })).toMatchObject({
    reason: { code: 'NFDUMP_DEFAULT_CSV' },
  });
});
