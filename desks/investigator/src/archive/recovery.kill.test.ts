import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lockedArchive } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { type ArchiveGround, caseRef, openArchiveGround } from './archive.test-support.js';
import { takeArchiveCensus } from './census/take-census.js';
import { checkArchiveUnits } from './units.js';

/** Thirty with TUTELA_LONG=1. */
const kills = process.env.TUTELA_LONG === undefined ? 2 : 30;

const words = Array.from({ length: 60 }, (_, at) => `word-${at}-of-the-list`);
const workers: ChildProcess[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
});

const modified = new Date('2026-01-02T03:04:06Z');
/** Four owners with three archives each, of kinds that cost something; one's password stands in no list. */
const files = Object.fromEntries(
  Array.from({ length: 12 }, (_, at) => {
    const owner = at % 4;
    const kind = at % 2 === 0 ? 'rar5-data' : 'zip-aes256';
    const password = owner === 3 ? 'in no list' : words[owner * 17]!;
    const member = { name: 'note.txt', bytes: Buffer.from(`note ${at}`), modified };
    const [file] = lockedArchive(kind, [member], { password, label: `kill-${at}` });
    return [`storage/user-${owner}/${at}${file!.ending}`, file!.bytes];
  }),
);

const prepare = async (): Promise<{ readonly ground: ArchiveGround; readonly authorityId: string }> => {
  const ground = await openArchiveGround();
  const authorityId = await ground.grant('open', 'any');
  await ground.seize('all', files, 'storage/*');
  await ground.importWords('list', words, 10);
  await takeArchiveCensus(ground.deps, { caseRef });
  await ground.endReading();
  return { ground, authorityId };
};

const startWorker = (ground: ArchiveGround, authorityId: string): Promise<ChildProcess> =>
  new Promise((resolve) => {
    const entry = fileURLToPath(new URL('./recovery.worker.test-support.js', import.meta.url));
    const parameters = [entry, ground.database.url, path.join(ground.folder, 'vault'), caseRef, authorityId];
    const worker = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
    workers.push(worker);
    worker.stdout.once('data', () => resolve(worker));
  });

const exitOf = (worker: ChildProcess): Promise<unknown> => new Promise((resolve) => worker.once('exit', resolve));

/** Everything but what names a run, and digests under keys that are of one run. */
const resultOf = async ({ rows }: ArchiveGround): Promise<Readonly<Record<string, string>>> => {
  const digest = async (query: ReturnType<typeof sql<object>>): Promise<string> =>
    createHash('sha256')
      .update(JSON.stringify(await rows(query)))
      .digest('hex');
  return {
    sets: await digest(sql<object>`
      select path, one.state, one.reason, format, owner like 'account %' as owned from investigator.archive_set one
        join investigator.archive_volume using (set_id) join investigator.item using (item_id) order by path`),
    locks: await digest(sql<object>`
      select lock_key, owner, hints, block, state, work_id from investigator.recovery_lock order by lock_key`),
    secrets: await digest(sql<object>`
      select lock_key, found_by, verified, reason from investigator.archive_secret order by lock_key`),
    attempts: await digest(sql<object>`
      select lock_key, case when words ~ ' ' then split_part(words, ' ', 1) else words end as words, block, outcome, checks,
             count(*) from investigator.recovery_attempt group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`),
    yields: await digest(sql<object>`select kind, checks, solved from investigator.recovery_yield order by kind`),
    left: await digest(sql<object>`select kind from investigator.recovery_work`),
  };
};

const attempts = ({ rows }: ArchiveGround) =>
  rows(sql<{ count: number }>`select count(*)::int as count from investigator.recovery_attempt`);

test('workers killed at any moment leave the same tables as one that nobody disturbs', {
  timeout: 300_000,
}, async () => {
  const killed = await prepare();
  for (let kill = 0; kill < kills; kill++) {
    const worker = await startWorker(killed.ground, killed.authorityId);
    const [before] = await attempts(killed.ground);
    const until = performance.now() + 20_000;
    // Past its preparations, as far as there is work left; then in the middle of whatever it does.
    while (worker.exitCode === null && performance.now() < until) {
      const [now] = await attempts(killed.ground);
      if (now!.count > before!.count) break;
      await sleep(20);
    }
    await sleep(150 * Math.random());
    worker.kill('SIGKILL');
  }
  await exitOf(await startWorker(killed.ground, killed.authorityId));
  const disturbed = await resultOf(killed.ground);
  expect(await killed.ground.findings()).toEqual([]);
  expect(await checkArchiveUnits(killed.ground.database.db, caseRef)).toEqual([]);

  const undisturbed = await prepare();
  await exitOf(await startWorker(undisturbed.ground, undisturbed.authorityId));
  const states = await undisturbed.ground.rows(sql<{ state: string; count: number }>`
    select state, count(*)::int as count from investigator.archive_set group by state order by state`);
  expect(states).toEqual([
    { state: 'exhausted', count: 3 },
    { state: 'unlocked', count: 9 },
  ]);
  expect(disturbed).toEqual(await resultOf(undisturbed.ground));
  await undisturbed.ground.close();
  await killed.ground.close();
});
