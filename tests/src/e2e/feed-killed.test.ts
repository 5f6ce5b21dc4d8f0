import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tutela/core';
import { type Engine, openEngine } from '@tutela/engine';
import { type ConfiguredFeed, investigatorCoveredTables, openInvestigatorDesk } from '@tutela/investigator-desk';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sequence } from '@tutela/ledger/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FeedGround, openFeedGround } from './feed-ground.js';

let ground: FeedGround;
let engine: Engine;
let worker: ChildProcess | undefined;
beforeAll(async () => {
  ground = await openFeedGround();
});
afterAll(async () => {
  worker?.kill('SIGKILL');
  await engine?.close();
  await ground?.close();
});

const startWorker = async (): Promise<ChildProcess> => {
  const entry = fileURLToPath(new URL('./feed-worker.js', import.meta.url));
  const { baseUrl, authority, credential } = ground.address;
  const args = [entry, ground.database.url, ground.vaultFolder, baseUrl, authority, credential];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
};

test('a fetch that is killed anywhere goes on where it was, in another process: nothing is lost and nothing is double', async () => {
  const reports: string[] = [];
  for (let n = 0; n < 6; n++) reports.push(await ground.fileReport(`account ${'x'.repeat(n)}`, 200_000));
  const feeds: readonly ConfiguredFeed[] = [
    { name: 'north', state: 'ready', address: ground.address, everyMinutes: 15 },
  ];
  const desk = { db: ground.database.db, vault: ground.vault, engine: () => engine, feeds: async () => feeds };
  const police = openInvestigatorDesk(desk);
  const { workflows } = police;
  engine = await openEngine({
    database: ground.database,
    queues: [],
    workflows,
    log: () => undefined,
    onLost: () => undefined,
  });
  await police.sweepFeeds();
  // Its bytes are on their way, or have arrived and are not imported, or are imported and not noted, or not acknowledged.
  for (const [more, ms] of [
    [3, 0],
    [3, 8],
    [4, 16],
    [3, 30],
  ] as const) {
    const before = ground.proxy.requests();
    worker = await startWorker();
    while (ground.proxy.requests() < before + more) await sleep(1);
    await sleep(ms);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }
  worker = await startWorker();
  for (let done = 0; done === 0; await sleep(100)) {
    const { rows } = await sql<{ turn: number }>`select turn::int as turn from investigator.feed`.execute(desk.db);
    done = rows[0]?.turn ?? 0;
    await police.sweepFeeds();
  }
  expect(await ground.imported()).toEqual([...reports].sort());
  expect(await ground.states()).toEqual(reports.map(() => 'acknowledged'));
  const { rows } = await sql<{ pulled: number; told: number; files: number }>`
    select (select count(*)::int from investigator.pulled_report) as pulled,
           (select count(*)::int from ledger.event
             where entry::jsonb ->> 'type' = 'investigator.report-pulled') as told,
           (select count(*)::int from investigator.file) as files`.execute(desk.db);
  expect(rows[0]).toEqual({ pulled: 6, told: 6, files: 6 });
  expect(await police.feedStandings()).toMatchObject([{ position: 6, fault: null, unread: [] }]);
  const signer = signerFromPem('police.example/ledger', newSigningKeyPem());
  await sequence(desk.db, { signer, clock: systemClock });
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  const { findings } = await checkLedger(desk.db, { publicKeys, coveredTables: investigatorCoveredTables });
  expect(findings).toEqual([]);
}, 300_000);
