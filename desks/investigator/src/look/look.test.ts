import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import { runMigrations } from '@tutela/db';
import { type Engine, openEngine } from '@tutela/engine';
import { defaultRules } from '@tutela/exposure';
import { exposureMigrations } from '@tutela/exposure/postgres';
import { type Decoder, openDecoder } from '@tutela/media';
import { type AuthorityId, stepsUpTo } from '@tutela/policy';
import { encode, makePicture } from '@tutela/testkit';
import { openFolderVault } from '@tutela/vault';
import { type FastifyInstance, fastify } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openItemReader } from '../archive/item-reader.js';
import { startPass } from '../seizure/passes.js';
import { passState } from '../seizure/queries/sources.js';
import {
  by,
  caseRef,
  everything,
  openSeizureGround,
  type SeizureGround,
  value,
} from '../seizure/seizure.test-support.js';
import { addSource } from '../seizure/sources.js';
import { seizureQueues, seizureWorkflows } from '../seizure/workflows.js';
import { caseLookRoutes } from './look-routes.js';

let ground: SeizureGround;
let engine: Engine;
let decoder: Decoder;
let server: FastifyInstance;
let folder: string;
let authority: AuthorityId;
const items: Record<string, number> = {};

beforeAll(async () => {
  ground = await openSeizureGround();
  const { db } = ground.database;
  await runMigrations(db, [exposureMigrations]);
  folder = path.join(ground.folder, 'seized');
  await mkdir(folder);
  for (const seed of [1, 2]) await writeFile(path.join(folder, `${seed}.jpg`), await encode(makePicture(seed)));
  await writeFile(path.join(folder, 'clip.mp4'), Buffer.from('\0\0\0\x18ftypisom, no picture'));
  const seizure = { db, clock: systemClock, engine: () => engine };
  engine = await openEngine({
    database: ground.database,
    queues: seizureQueues,
    workflows: seizureWorkflows(seizure),
    log: () => undefined,
    onLost: () => undefined,
  });
  authority = await ground.authorise({ grants: stepsUpTo('open'), scope: everything });
  for (const [person, role] of [
    ['staff-1', 'examiner'],
    ['staff-2', 'oversight'],
  ])
    await sql`insert into policy.case_role (case_ref, person_id, role, granted_at, granted_by)
              values (${caseRef}, ${person}, ${role}, now(), 'operator')`.execute(db);
  const source = { caseRef, exhibit: '3', kind: 'folder', locator: folder } as const;
  const { source_id } = value(await addSource({ db }, source, by()));
  const { pass_id } = value(await startPass(seizure, source_id, by()));
  while ((await passState(db, pass_id)) !== 'ended') await sleep(50);
  const { rows } = await sql<{ item_id: number; path: string }>`select item_id, path from investigator.item`.execute(
    db,
  );
  for (const row of rows) items[row.path] = row.item_id;
  decoder = openDecoder({ processes: 1 });
  const vault = await openFolderVault(path.join(ground.folder, 'vault'));
  const deps = { db, clock: systemClock, decoder, rules: defaultRules, reader: openItemReader(vault) };
  server = fastify();
  await server.register(caseLookRoutes({ ...deps, deliveries: vault.forCase('investigator/deliveries') }));
});
afterAll(async () => {
  await server.close();
  await engine.close();
  await decoder.close();
  await ground.close();
});

const at = (name: string, end: string) => `/investigator/cases/${caseRef}/items/${items[name]}/${end}`;
const preview = (name: string, person = 'staff-1') =>
  server.inject({ url: at(name, 'preview'), headers: { 'tutela-actor': person } });
const reveal = (name: string, person = 'staff-1') => {
  const headers = { 'tutela-actor': person };
  return server.inject({ method: 'POST', url: at(name, 'reveal'), headers, payload: { reason: 'identify the room' } });
};
const count = async (table: string): Promise<number> =>
  Number(
    (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(ground.database.db)).rows[0]?.n,
  );

test('what may be opened may not be viewed: a step is granted by name', async () => {
  for (const answer of [await preview('1.jpg'), await reveal('1.jpg')])
    expect([answer.statusCode, answer.json()]).toMatchObject([403, { code: 'step.not-granted' }]);
  expect(await count('exposure.reveal')).toBe(0);
});

test('under an authority to view, the look and the decision that allowed it are on record together', async () => {
  const viewing = await ground.authorise({ grants: ['view'], scope: everything });
  const decided = await count('policy.decision');
  expect((await preview('1.jpg')).headers['content-type']).toBe('image/webp');
  expect(await count('policy.decision')).toBe(decided);
  expect((await reveal('1.jpg')).statusCode).toBe(200);
  const { rows } = await sql`select step, answer, authority_id, actor from policy.decision where step = 'view'`.execute(
    ground.database.db,
  );
  expect(rows).toEqual([{ step: 'view', answer: 'allow', authority_id: viewing, actor: 'staff-1' }]);
  expect(await count('exposure.reveal')).toBe(1);
});

test('oversight, and whoever is not of the case, is told of no such file', async () => {
  for (const person of ['staff-2', 'stranger-1']) expect((await preview('1.jpg', person)).statusCode).toBe(404);
  const other = `/investigator/cases/case-2/items/${items['1.jpg']}/preview`;
  expect((await server.inject({ url: other, headers: { 'tutela-actor': 'staff-1' } })).statusCode).toBe(404);
});

test('a video has no preview, and a file that is not what was digested is shown to nobody', async () => {
  expect((await preview('clip.mp4')).json()).toMatchObject({ code: 'no-preview', reason: 'not-a-picture' });
  const changed = Buffer.from(await encode(makePicture(2)));
  changed.writeUInt8(changed.readUInt8(changed.length - 9) ^ 1, changed.length - 9);
  await writeFile(path.join(folder, '2.jpg'), changed);
  expect((await reveal('2.jpg')).json()).toMatchObject({ code: 'changed' });
});

test('what was found under an authority that is revoked is there for nobody', async () => {
  await ground.revoke(authority);
  expect((await reveal('1.jpg')).statusCode).toBe(404);
});
