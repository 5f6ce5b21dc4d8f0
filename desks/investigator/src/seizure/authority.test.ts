import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tutela/core';
import { type Engine, openEngine } from '@tutela/engine';
import type { Actor, PersonId } from '@tutela/policy';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { goOnWithPass, startPass } from './passes.js';
import { digestOfPath } from './paths.js';
import { passState } from './queries/sources.js';
import type { PassId, SourceId } from './schema.js';
import { by, caseRef, everything, openSeizureGround, type SeizureGround, value } from './seizure.test-support.js';
import { addSource } from './sources.js';
import { visibleItems } from './visible-items.js';
import { seizureWorkflows } from './workflows.js';

const canTrace = spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0;

let ground: SeizureGround;
let engine: Engine;
interface Worker {
  readonly child: ChildProcess;
  readonly pid: number;
}
const workers: Worker[] = [];
const deps = () => ({ db: ground.database.db, clock: systemClock, engine: () => engine });

beforeAll(async () => {
  ground = await openSeizureGround();
  engine = await openEngine({
    database: ground.database,
    queues: [],
    workflows: seizureWorkflows({ db: ground.database.db, clock: systemClock, engine: () => engine }),
    log: () => undefined,
    onLost: () => undefined,
  });
});
afterAll(async () => {
  for (const { child, pid } of workers)
    if (child.exitCode === null && child.signalCode === null) process.kill(pid, 'SIGKILL');
  await engine.close();
  await ground.close();
});

const startWorker = (trace?: string): Promise<Worker> =>
  new Promise((resolve) => {
    const entry = fileURLToPath(new URL('./worker.test-support.js', import.meta.url));
    const node = [process.execPath, entry, ground.database.url];
    const traced =
      trace === undefined ? node : ['strace', '-f', '-qq', '-e', 'trace=open,openat,openat2', '-o', trace, ...node];
    const [program = '', ...parameters] = traced;
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', (line: Buffer) => {
      const worker = { child, pid: Number(line.toString()) };
      workers.push(worker);
      resolve(worker);
    });
  });

const end = async ({ child, pid }: Worker): Promise<void> => {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(pid, 'SIGKILL');
  await ended;
};

const begin = async (root: string, options = {}): Promise<{ sourceId: SourceId; passId: PassId }> => {
  const given = { caseRef, exhibit: '3', kind: 'folder' as const, locator: root, accountPath: 'storage/*' };
  const { source_id: sourceId } = value(await addSource(deps(), given, by()));
  return { sourceId, passId: value(await startPass(deps(), sourceId, { ...by(), options })).pass_id };
};
const finished = async (passId: PassId): Promise<void> => {
  while ((await passState(ground.database.db, passId)) !== 'ended') await sleep(50);
};
interface Row {
  readonly [column: string]: unknown;
}
const all = async (text: string): Promise<readonly Row[]> =>
  (await sql.raw<Row>(text).execute(ground.database.db)).rows;

test.skipIf(!canTrace)(
  'what the authority does not cover is never opened, and not named where list is not granted',
  async () => {
    const root = path.join(ground.folder, 'traced');
    const files = [
      'storage/alice/in.txt',
      'storage/alice/counsel/secret.txt',
      'storage/bob/out.txt',
      'storage/carol/hashed.txt',
      'storage/carol/deep/er.txt',
      'top.txt',
    ];
    for (const file of files) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), `content of ${file}`);
    }
    const exclusions = [
      { accounts: ['bob'], reason: 'another customer' },
      { folders: ['storage/alice/counsel'], reason: 'counsel' },
    ];
    const one = await ground.authorise({ scope: { ...everything, accounts: ['alice'], exclusions } });
    const two = await ground.authorise({ scope: { ...everything, accounts: ['carol'], exclusions }, grants: ['hash'] });
    const trace = path.join(ground.folder, 'opens');
    const worker = await startWorker(trace);
    const { sourceId, passId } = await begin(root);
    await finished(passId);
    await end(worker);

    const opened = [...(await readFile(trace, 'utf8')).matchAll(/open(?:at2?)?\((?:AT_FDCWD, )?"([^"]*)"/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => name.startsWith(root))
      .map((name) => path.relative(root, name));
    expect(new Set(opened)).toEqual(
      new Set([
        '',
        'storage',
        'storage/alice',
        'storage/carol',
        'storage/carol/deep',
        'top.txt',
        'storage/alice/in.txt',
        'storage/carol/hashed.txt',
        'storage/carol/deep/er.txt',
      ]),
    );
    expect(opened.filter((name) => name.endsWith('.txt')).length).toBe(4);

    const rows = await all(
      `select path, path_sha256, account, authority_id from investigator.item where source_id = '${sourceId}'`,
    );
    const named = new Map(rows.map((row) => [row.path_sha256, row]));
    expect(rows.length).toBe(4);
    expect(named.get(digestOfPath(Buffer.from('storage/alice/in.txt')))).toMatchObject({
      path: 'storage/alice/in.txt',
      account: 'alice',
      authority_id: one,
    });
    for (const hashed of ['storage/carol/hashed.txt', 'storage/carol/deep/er.txt'])
      expect(named.get(digestOfPath(Buffer.from(hashed)))).toMatchObject({
        path: null,
        account: null,
        authority_id: two,
      });

    const everyRow = JSON.stringify([
      await all('select * from investigator.item'),
      await all('select * from investigator.unit'),
      await all('select * from policy.decision'),
      await all('select * from engine.workflow_status'),
      await all("select convert_from(payload::bytea, 'UTF8') from ledger.opening where payload is not null").catch(() =>
        all('select payload from ledger.opening'),
      ),
    ]);
    const base64 = (name: string) => Buffer.from(name).toString('base64').slice(0, -4);
    for (const kept of [
      'hashed.txt',
      'er.txt',
      'storage/carol',
      base64('storage/carol'),
      'secret.txt',
      'out.txt',
      base64('storage/bob/'),
    ])
      expect(everyRow).not.toContain(kept);
    const refused = await all(`select sum(refused)::int as refused from investigator.unit where pass_id = '${passId}'`);
    expect(refused).toEqual([{ refused: 2 }]);
    const decided = await all(
      `select answer, rule, sum(objects)::int as objects from policy.decision where step = 'hash' group by 1, 2 order by 1`,
    );
    expect(decided).toEqual([
      { answer: 'allow', rule: 'grant', objects: 4 },
      { answer: 'deny', rule: 'exclusion', objects: 2 },
    ]);
    await ground.revoke(one);
    await ground.revoke(two);
    expect(await ground.findings()).toEqual([]);
  },
);

test('a revocation stops what runs within a heartbeat, hides what was read, and a new authority goes on', async () => {
  const root = path.join(ground.folder, 'stopped');
  await mkdir(root);
  await writeFile(path.join(root, 'a'), 'a');
  // Long enough that the revocation comes while it is read; a hole costs no room.
  await writeFile(path.join(root, 'b'), '');
  await truncate(path.join(root, 'b'), 24 * 2 ** 30);
  await writeFile(path.join(root, 'c'), 'c');
  const first = await ground.authorise({});
  const worker = await startWorker();
  const { sourceId, passId } = await begin(root, { largeBytes: 2 ** 50, unitBytes: 2 ** 50 });
  await sleep(1500);
  await ground.revoke(first);
  const state = async () =>
    (await all(`select state, reason, files from investigator.unit where pass_id = '${passId}'`))[0];
  while ((await state())?.state === 'waiting') await sleep(50);
  expect(await state()).toEqual({ state: 'stopped-by-authority', reason: 'authority.revoked', files: 1 });
  const examiner: Actor = { id: 'staff-3' as PersonId, roles: ['examiner'] };
  const seen = async () =>
    (await visibleItems(ground.database.db, examiner, { caseRef, sourceId, limit: 10 })).map((item) => item.path);
  expect(await seen()).toEqual([]);
  expect(await all(`select path from investigator.item where source_id = '${sourceId}'`)).toEqual([{ path: 'a' }]);

  await truncate(path.join(root, 'b'), 10);
  const second = await ground.authorise({});
  value(await goOnWithPass(deps(), passId, by()));
  await finished(passId);
  await end(worker);
  expect(await seen()).toEqual(['a', 'b', 'c']);
  expect(await all(`select distinct authority_id from investigator.item where source_id = '${sourceId}'`)).toEqual([
    { authority_id: second },
  ]);
  expect(await visibleItems(ground.database.db, { ...examiner, roles: ['oversight'] }, { caseRef, limit: 10 })).toEqual(
    [],
  );
  expect(await ground.findings()).toEqual([]);
});
