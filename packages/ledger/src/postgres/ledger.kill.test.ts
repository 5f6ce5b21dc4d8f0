import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tutela/core';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '../node-crypto.js';
import { noteKey } from '../note/note-key.js';
import { checkLedger } from './check/check-ledger.js';
import type { EventId } from './event-id.js';
import { covered, openTestLedger } from './ledger-database.test-support.js';
import { sequence } from './sequence.js';
import { startSequencer } from './sequencer.js';

const victim = fileURLToPath(new URL('kill-victim.test-support.js', import.meta.url));
/** Rounds of killing; the acceptance run of the project is TUTELA_LONG=1. */
const rounds = process.env.TUTELA_LONG === '1' ? 200 : 6;

type Line = { readonly id: EventId } | { readonly head: string } | { readonly trouble: string };

const runUntilKilled = async (args: readonly string[], killAfterMs: number): Promise<readonly Line[]> => {
  const child = spawn(process.execPath, [victim, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: Line[] = [];
  const reading = (async () => {
    for await (const line of createInterface(child.stdout)) {
      // The last line may be cut by the kill.
      if (line.endsWith('}')) lines.push(JSON.parse(line) as Line);
    }
  })();
  await once(child.stdout, 'data');
  await wait(killAfterMs);
  child.kill('SIGKILL');
  await reading;
  return lines;
};

test(`after ${rounds} kills during append and sequencing, every acknowledged act is in the log once and the check is clean`, {
  timeout: 30_000 + rounds * 3000,
}, async () => {
  const ledger = await openTestLedger();
  const pem = newSigningKeyPem();
  const signer = signerFromPem('test.example/ledger', pem);
  const acknowledged: EventId[] = [];
  const heads: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const args = [ledger.scratch.url, pem, String(round * 100_000)];
    for (const line of await runUntilKilled(args, Math.random() * 150)) {
      if ('trouble' in line) expect.fail(line.trouble);
      if ('id' in line) acknowledged.push(line.id);
      if ('head' in line) heads.push(line.head);
    }
  }

  const again = await startSequencer(ledger.db, { signer, clock: systemClock, everyMs: 60_000 });
  expect(again.kind).toBe('done');
  if (again.kind === 'done') await again.value.stop();
  // A killed process's connection may hold the lock a moment longer.
  while ((await sequence(ledger.db, { signer, clock: systemClock })).kind !== 'done') await wait(50);

  const placed = await sql<{ event_id: EventId; times: number }>`
      select event_id, count(*) as times from ledger.leaf group by event_id`.execute(ledger.db);
  const times = new Map(placed.rows.map((row) => [row.event_id, row.times]));
  expect(acknowledged.filter((id) => times.get(id) !== 1)).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(heads.length).toBeGreaterThan(0);

  const report = await checkLedger(ledger.db, {
    publicKeys: [noteKey(nodeHasher, signer.name, signer.publicKey)],
    coveredTables: covered,
    headsKeptElsewhere: heads,
  });
  expect(report.findings).toEqual([]);
  expect(report.counts.leaves).toBeGreaterThanOrEqual(acknowledged.length);
  expect(report.counts.pending).toBe(0);
  await ledger.scratch.close();
});
