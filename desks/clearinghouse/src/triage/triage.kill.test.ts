import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ground, openGround } from '../open-desk.test-support.js';
import { openDrain } from './drain.js';
import { manyReports } from './many-reports.test-support.js';
import { clock, filer, rowsOf, standard } from './triage-ground.test-support.js';

const victim = fileURLToPath(new URL('kill-victim.test-support.js', import.meta.url));
const reports = process.env.TUTELA_LONG === undefined ? 1600 : 20_000;
const rounds = process.env.TUTELA_LONG === undefined ? 3 : 40;

let ground: Ground;
let folder: string;
beforeAll(async () => {
  ground = await openGround();
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-triage-kill-'));
  await manyReports(ground, await filer(ground), reports);
});
afterAll(async () => {
  await ground.close();
  await rm(folder, { recursive: true, force: true });
});

const count = async (query: ReturnType<typeof sql<{ n: number }>>): Promise<number> =>
  (await rowsOf(ground, query))[0]?.n ?? 0;

const judged = () => count(sql`select count(*)::int as n from clearinghouse.triage`);

/** Killed at any moment after the first batch, be it while none is under way. */
const runTwoUntilKilled = async (afterMs: number): Promise<void> => {
  const before = await judged();
  const children = [1, 2].map(() =>
    spawn(process.execPath, [victim, ground.database.url, folder], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  while ((await judged()) === before && children.some(({ exitCode }) => exitCode === null)) await wait(5);
  await wait(afterMs);
  for (const child of children) child.kill('SIGKILL');
};

test('a process killed on the way loses and doubles nothing, and two at once judge each report once', {
  timeout: 180_000 + rounds * 10_000,
}, async () => {
  for (let round = 0; round < rounds; round++) {
    await runTwoUntilKilled(Math.random() * 100);
  }
  const rest = openDrain({ db: ground.database.db, clock, vault: ground.vault, policy: standard });
  // A killed process's transaction may hold its rows a moment longer.
  while ((await count(sql`select count(*)::int as n from clearinghouse.triage_pending`)) > 0) {
    await rest();
    await wait(20);
  }
  const found = await rowsOf(
    ground,
    sql`
    select (select count(*)::int from clearinghouse.triage) as judgements,
           (select count(*)::int from clearinghouse.triage where version > 1) as again,
           (select count(*)::int from clearinghouse.routing_pending) as routing,
           (select count(*)::int from clearinghouse.placement) as placed,
           (select sum(reports)::int from clearinghouse.queue_item) as shown,
           (select count(*)::int from ledger.event where entry::jsonb ->> 'type' = 'clearinghouse.triaged') as told,
           (select count(*)::int from clearinghouse.bundle) as bundles,
           (select count(*)::int from clearinghouse.bundle_member) as members,
           (select count(*)::int from clearinghouse.queue_item) as items`,
  );
  const own = reports / 10;
  expect(found).toEqual([
    {
      judgements: reports,
      again: 0,
      routing: reports,
      placed: reports,
      shown: reports,
      told: reports,
      bundles: 10,
      members: reports - own,
      items: own + 10,
    },
  ]);
});
