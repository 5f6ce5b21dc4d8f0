import { createHash } from 'node:crypto';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import { type Engine, openEngine } from '@tutela/engine';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCase } from '../case/cases.js';
import { recordExhibit } from '../case/exhibits.js';
import { checkUnits } from './check-units.js';
import { goOnWithPass, pausePass, startPass } from './passes.js';
import { newShareCache } from './plan/share-cache.js';
import { passState } from './queries/sources.js';
import { openPieceDigester, type PieceDigester } from './read/piece-digester.js';
import { runUnit } from './run-unit.js';
import type { PassId, PassOptions, SourceId, UnitId } from './schema.js';
import { by, caseRef, everything, openSeizureGround, type SeizureGround, value } from './seizure.test-support.js';
import { addSource } from './sources.js';
import { readSeizureStatus } from './status.js';
import { seizureQueues, seizureWorkflows } from './workflows.js';

let ground: SeizureGround;
let engine: Engine;
let digester: PieceDigester;
const deps = () => ({ db: ground.database.db, clock: systemClock, engine: () => engine });
beforeAll(async () => {
  ground = await openSeizureGround();
  digester = openPieceDigester();
  engine = await openEngine({
    database: ground.database,
    queues: seizureQueues,
    workflows: seizureWorkflows({ db: ground.database.db, clock: systemClock, engine: () => engine }),
    log: () => undefined,
    onLost: () => undefined,
  });
});
afterAll(async () => {
  await engine.close();
  await digester.close();
  await ground.close();
});

const fill = async (name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> => {
  const root = path.join(ground.folder, name);
  await mkdir(root, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  }
  return root;
};

const source = async (locator: string, accountPath?: string): Promise<SourceId> => {
  const given = { caseRef, exhibit: '3', kind: 'folder' as const, locator, ...(accountPath && { accountPath }) };
  return value(await addSource(deps(), given, by())).source_id;
};

const start = async (sourceId: SourceId, options: Partial<PassOptions> = {}): Promise<PassId> =>
  value(await startPass(deps(), sourceId, { ...by(), options })).pass_id;

const read = async (sourceId: SourceId, options: Partial<PassOptions> = {}): Promise<PassId> => {
  const passId = await start(sourceId, options);
  while ((await passState(ground.database.db, passId)) !== 'ended') await sleep(50);
  return passId;
};

interface Row {
  readonly path: string | null;
  readonly [column: string]: unknown;
}
const items = async (sourceId: SourceId): Promise<readonly Row[]> => {
  const { rows } = await sql<Row>`
    select * from investigator.item where source_id = ${sourceId} order by path, path_sha256`.execute(
    ground.database.db,
  );
  return rows;
};
const units = async (passId: PassId) => {
  const { rows } = await sql<Row & { readonly unit_id: UnitId }>`
    select * from investigator.unit where pass_id = ${passId} order by kind, unit_id`.execute(ground.database.db);
  return rows;
};
const hashes = (content: string | Uint8Array) => ({
  sha256: createHash('sha256').update(content).digest('hex'),
  sha1: createHash('sha1').update(content).digest('hex'),
  md5: createHash('md5').update(content).digest('hex'),
});

const change = (text: string) => sql.raw(text).execute(ground.database.db);

describe('a pass over a folder', () => {
  let authority: Awaited<ReturnType<SeizureGround['authorise']>>;
  beforeAll(async () => {
    authority = await ground.authorise({ scope: { ...everything, sources: 'any' } });
  });
  afterAll(() => ground.revoke(authority));

  test('reads every file once: three digests and what its content says it is', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const root = await fill('plain', {
      'storage/alice/a.txt': 'hello',
      'storage/alice/deep/er/b.rar': 'Rar!\x1a\x07\x01\0more',
      'storage/bob/c.jpg': png,
      empty: '',
    });
    await symlink('/etc/hostname', path.join(root, 'link'));
    const sourceId = await source(root, 'storage/*');
    const passId = await read(sourceId);
    expect(await items(sourceId)).toMatchObject([
      { path: 'empty', size: 0, file_class: 'other', state: 'digested', ...hashes(''), account: null },
      { path: 'link', state: 'not-a-file', sha256: null },
      { path: 'storage/alice/a.txt', size: 5, file_class: 'document', ...hashes('hello'), account: 'alice' },
      { path: 'storage/alice/deep/er/b.rar', file_class: 'archive', account: 'alice', authority_id: authority },
      { path: 'storage/bob/c.jpg', file_class: 'picture', media_type: 'image/png', ...hashes(png), account: 'bob' },
    ]);
    expect(await units(passId)).toMatchObject([{ kind: 'folders', state: 'done', files: 5, bytes: 33, refused: 0 }]);
    expect(await ground.findings()).toEqual([]);
  });

  test('divides what is too much for one unit, by number, by size and by extents, and loses nothing', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 120 }, (_, at) => [`${at < 70 ? 'flat' : `d${at % 9}/s${at % 2}`}/${at}`, `file ${at}`]),
    );
    const large = Buffer.alloc(5000, 7);
    const root = await fill('many', { ...files, 'flat/large': large });
    const sourceId = await source(root);
    const passId = await read(sourceId, { unitFiles: 10, unitBytes: 60, largeBytes: 4000, extentBytes: 2000 });
    const found = await items(sourceId);
    expect(new Set(found.map(({ path: name }) => name))).toEqual(new Set([...Object.keys(files), 'flat/large']));
    expect(found.length).toBe(121);
    expect(new Set((await units(passId)).map(({ kind }) => kind))).toEqual(new Set(['file', 'folders', 'part']));
    expect(found.find(({ path: name }) => name === 'flat/large')).toMatchObject(hashes(large));
  });

  test('a file of several extents has a digest for each', async () => {
    const content = Buffer.alloc(20 << 20, 'abcdefg');
    const sourceId = await source(await fill('extents', { big: content }));
    const [begun, extentBytes] = [await read(sourceId, { largeBytes: 1 << 20, extentBytes: 9 << 20 }), 9 << 20];
    expect(await items(sourceId)).toMatchObject([{ path: 'big', ...hashes(content) }]);
    const { rows } = await sql`
      select offset_bytes, length_bytes, extent.sha256 from investigator.extent join investigator.item using (item_id)
       where source_id = ${sourceId} order by ordinal`.execute(ground.database.db);
    const expected = [0, 1, 2].map((at) => {
      const part = content.subarray(at * extentBytes, (at + 1) * extentBytes);
      return { offset_bytes: at * extentBytes, length_bytes: part.length, sha256: hashes(part).sha256 };
    });
    expect(rows).toEqual(expected);
    expect(await units(begun)).toMatchObject([{ kind: 'file' }, { kind: 'folders' }]);
  });

  test('a unit that is run twice is written once', async () => {
    const sourceId = await source(await fill('twice', { a: 'a' }));
    const passId = await read(sourceId);
    const before = [await items(sourceId), await units(passId)];
    const [unit] = await units(passId);
    await runUnit({ ...deps(), digester: () => digester, shares: newShareCache() }, unit!.unit_id, 0);
    expect([await items(sourceId), await units(passId)]).toEqual(before);
  });

  test('what cannot be read or listed is a row that says so', async () => {
    const root = await fill('locked', { a: 'a', 'b/c': 'c' });
    await chmod(path.join(root, 'a'), 0);
    const sourceId = await source(root);
    await read(sourceId);
    const state = process.getuid?.() === 0 ? 'digested' : 'unreadable';
    expect(await items(sourceId)).toMatchObject([{ path: 'a', state }, { path: 'b/c' }]);
  });

  test('is paused and goes on, and a second one waits for its end', async () => {
    const sourceId = await source(await fill('paused', { a: 'a' }));
    const passId = await start(sourceId);
    expect(await startPass(deps(), sourceId, by())).toMatchObject({ reason: { code: 'under-way' } });
    const paused = await pausePass(deps(), passId, by());
    if (paused.kind === 'done') {
      await sleep(1500);
      expect(await items(sourceId)).toEqual([]);
      value(await goOnWithPass(deps(), passId, by()));
    }
    while ((await passState(ground.database.db, passId)) !== 'ended') await sleep(50);
    expect(await items(sourceId)).toMatchObject([{ path: 'a' }]);
    const again = await read(sourceId);
    expect(await units(again)).toMatchObject([{ files: 1 }]);
    expect(await ground.findings()).toEqual([]);
  });

  test('a changed, added or removed item is found by the digest that the ledger vouches for', async () => {
    const sourceId = await source(await fill('vouched', { a: 'a', b: 'b' }));
    const passId = await read(sourceId);
    const [unit] = await units(passId);
    const differing = () => checkUnits(ground.database.db, caseRef);
    expect(await differing()).toEqual([]);
    const one = `source_id = '${sourceId}' and path = 'a'`;
    await change(`update investigator.item set account = 'mallory' where ${one}`);
    expect(await differing()).toEqual([unit?.unit_id]);
    await change(`update investigator.item set account = null where ${one}`);
    expect(await differing()).toEqual([]);
    await change(`delete from investigator.item where ${one}`);
    expect(await differing()).toEqual([unit?.unit_id]);
  });

  test('tells what is held, what of it is there twice, and what nobody has opened', async () => {
    const root = await fill('held', { a: 'same', b: 'same', 'c.rar': 'Rar!\x1a\x07\0' });
    const other = { caseRef: 'case-2', exhibit: '1', kind: 'folder' as const, locator: root };
    await ground.act((tx) => openCase(tx, { caseRef: 'case-2', title: 'Other', ...by() }));
    await ground.act((tx) => recordExhibit(tx, { caseRef: 'case-2', number: '1', description: 'Disk' }, by()));
    const second = await ground.authorise({ caseRef: 'case-2' });
    await read(value(await addSource(deps(), other, by())).source_id);
    expect(await readSeizureStatus(deps(), 'case-2')).toMatchObject({
      sources: [{ pass: { counts: { done: 1, waiting: 0, files: 3, bytes: 15 }, forecast: { secondsLeft: 0 } } }],
      storage: { files: 3, bytes: 15, distinctFiles: 2, distinctBytes: 11, duplicateFiles: 1, closedArchives: 1 },
    });
    await ground.revoke(second);
  });
});
