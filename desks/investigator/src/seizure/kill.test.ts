import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tutela/core';
import { type Engine, openEngine } from '@tutela/engine';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPass } from './passes.js';
import { passState } from './queries/sources.js';
import type { PassId, SourceId } from './schema.js';
import { by, caseRef, openSeizureGround, type SeizureGround, value } from './seizure.test-support.js';
import { addSource } from './sources.js';
import { seizureWorkflows } from './workflows.js';

/** Thirty with TUTELA_LONG=1. */
const kills = process.env.TUTELA_LONG === undefined ? 3 : 30;

let ground: SeizureGround;
let engine: Engine;
let worker: ChildProcess | undefined;
const deps = () => ({ db: ground.database.db, clock: systemClock, engine: () => engine });

beforeAll(async () => {
  ground = await openSeizureGround();
  engine = await openEngine({
    database: ground.database,
    queues: [],
    workflows: seizureWorkflows(deps()),
    log: () => undefined,
    onLost: () => undefined,
  });
  await ground.authorise({});
});
afterAll(async () => {
  worker?.kill('SIGKILL');
  await engine.close();
  await ground.close();
});

const startWorker = (): Promise<ChildProcess> =>
  new Promise((resolve) => {
    const entry = fileURLToPath(new URL('./worker.test-support.js', import.meta.url));
    const child = spawn(process.execPath, [entry, ground.database.url], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.once('data', () => resolve(child));
  });

const options = { unitFiles: 60, unitBytes: 1 << 20, largeBytes: 2 << 20, extentBytes: 3 << 20 };

const begin = async (root: string): Promise<{ readonly sourceId: SourceId; readonly passId: PassId }> => {
  const given = { caseRef, exhibit: '3', kind: 'folder' as const, locator: root, accountPath: 'storage/*' };
  const { source_id: sourceId } = value(await addSource(deps(), given, by()));
  return { sourceId, passId: value(await startPass(deps(), sourceId, { ...by(), options })).pass_id };
};

/** Everything but what names a run: ids and moments. */
const resultOf = async ({ sourceId, passId }: Awaited<ReturnType<typeof begin>>): Promise<unknown> => {
  const { rows } = await sql`
    select (select encode(sha256(convert_to(string_agg(
              concat_ws('|', path, path_sha256, size, sha256, sha1, md5, file_class, media_type, state, modified_at,
                        account, authority_id,
                        (select string_agg(concat_ws(':', ordinal, offset_bytes, length_bytes, extent.sha256), ','
                                           order by ordinal)
                           from investigator.extent where extent.item_id = item.item_id)), chr(10)
              order by path_sha256), 'UTF8')), 'hex') from investigator.item where source_id = ${sourceId}) as items,
           (select encode(sha256(convert_to(string_agg(
              concat_ws('|', locator, state, files, bytes, unreadable, refused, items_sha256), chr(10)
              order by locator::text), 'UTF8')), 'hex') from investigator.unit where pass_id = ${passId}) as units,
           (select count(*)::int from investigator.item where source_id = ${sourceId}) as files,
           (select sum(objects)::int from policy.decision
             where object_group in (select 'unit/' || unit_id from investigator.unit where pass_id = ${passId}))
             as decided`.execute(ground.database.db);
  return rows[0];
};

test(`a worker killed ${kills} times leaves the same rows as one that nobody disturbs`, async () => {
  const root = path.join(ground.folder, 'killed');
  for (let at = 0; at < 900; at++) {
    const folder = path.join(root, at < 300 ? 'flat' : `storage/user-${at % 40}/${at % 3}`);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `${at}.txt`), `file ${at}`);
  }
  for (let at = 0; at < 3; at++) await writeFile(path.join(root, `large-${at}`), Buffer.alloc(40 << 20, at + 1));
  worker = await startWorker();
  const quiet = await begin(root);
  while ((await passState(ground.database.db, quiet.passId)) !== 'ended') await sleep(50);
  const expected = await resultOf(quiet);

  const disturbed = await begin(root);
  for (let killed = 0; killed < kills; killed++) {
    await sleep(100 + (killed % 4) * 150);
    const ended = new Promise((resolve) => worker?.once('exit', resolve));
    worker.kill('SIGKILL');
    await ended;
    worker = await startWorker();
  }
  while ((await passState(ground.database.db, disturbed.passId)) !== 'ended') await sleep(50);
  expect(await resultOf(disturbed)).toEqual(expected);
  expect(expected).toMatchObject({ files: 903, decided: 2 * 903 });
  expect(await ground.findings()).toEqual([]);
}, 300_000);
