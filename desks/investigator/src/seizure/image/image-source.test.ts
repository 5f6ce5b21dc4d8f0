import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import { type Engine, openEngine } from '@tutela/engine';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkUnits } from '../check-units.js';
import { startPass } from '../passes.js';
import { passState } from '../queries/sources.js';
import { by, caseRef, everything, openSeizureGround, type SeizureGround, value } from '../seizure.test-support.js';
import { addSource } from '../sources.js';
import { seizureQueues, seizureWorkflows } from '../workflows.js';

const needed = ['mke2fs', 'sfdisk', 'ewfacquire', 'ewfverify', 'img_stat', 'mmls', 'fsstat', 'fls', 'icat'];
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
const missing = needed.filter((tool) => spawnSync('which', [tool], { env }).status !== 0);

const files: Readonly<Record<string, Buffer>> = {
  'storage/ann/a.txt': Buffer.from('harmless\n'.repeat(500)),
  'storage/ann/empty': Buffer.alloc(0),
  'storage/ann/long.bin': Buffer.alloc(9 << 20, 'tutela'),
  'storage/bob/b.txt': Buffer.from('of another customer'),
};
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(missing.length > 0)(`a disk image (skipped without ${missing.join(', ')})`, () => {
  let ground: SeizureGround;
  let engine: Engine;
  const deps = () => ({ db: ground.database.db, clock: systemClock, engine: () => engine });
  const images = { raw: '', e01: '' };
  beforeAll(async () => {
    ground = await openSeizureGround();
    engine = await openEngine({
      database: ground.database,
      queues: seizureQueues,
      workflows: seizureWorkflows(deps()),
      log: () => undefined,
      onLost: () => undefined,
    });
    for (const [name, bytes] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(ground.folder, 'disk', name)), { recursive: true });
      await writeFile(path.join(ground.folder, 'disk', name), bytes);
    }
    images.raw = path.join(ground.folder, 'disk.raw');
    await writeFile(images.raw, '');
    await truncate(images.raw, 32 << 20);
    const run = (tool: string, parameters: readonly string[], input?: string): void =>
      void execFileSync(tool, parameters, { env, stdio: ['pipe', 'ignore', 'ignore'], input });
    const table = 'label: dos\nstart=2048, size=57344, type=83\nstart=59392, size=4096, type=82\n';
    run('sfdisk', ['-q', images.raw], table);
    const folder = path.join(ground.folder, 'disk');
    run('mke2fs', ['-q', '-t', 'ext4', '-E', `offset=${2048 * 512}`, '-d', folder, images.raw, '28m']);
    const target = path.join(ground.folder, 'acquired');
    run('ewfacquire', ['-u', '-q', '-f', 'encase6', '-c', 'deflate:fast', '-t', target, images.raw]);
    images.e01 = `${target}.E01`;
    const exclusions = [{ folders: ['volume-2048/storage/bob'], reason: 'Another customer' }];
    await ground.authorise({ scope: { ...everything, exclusions } });
  }, 60_000);
  afterAll(async () => {
    await engine.close();
    await ground.close();
  });

  test.each(['raw', 'e01'] as const)('is read inside the authority: %s', { timeout: 60_000 }, async (which) => {
    const source = { caseRef, exhibit: '3', kind: 'image', locator: images[which], zone: 'America/Bogota' } as const;
    const { source_id: sourceId } = value(
      await addSource(deps(), { ...source, accountPath: 'volume-2048/storage/*' }, by()),
    );
    const { pass_id: passId } = value(await startPass(deps(), sourceId, by()));
    while ((await passState(ground.database.db, passId)) !== 'ended') await sleep(50);
    const { rows } = await sql<{ path: string; sha256: string | null; account: string | null; state: string }>`
      select path, sha256, account, state from investigator.item where source_id = ${sourceId} order by path`.execute(
      ground.database.db,
    );
    expect(rows).toEqual([
      ...['a.txt', 'empty', 'long.bin'].map((name) => ({
        path: `volume-2048/storage/ann/${name}`,
        sha256: sha256(files[`storage/ann/${name}`]!),
        account: 'ann',
        state: 'digested',
      })),
      // A volume that nobody can read is a row, never left out.
      { path: 'volume-59392', sha256: null, account: null, state: 'unreadable' },
    ]);
    const units = await sql<{ kind: string; refused: number }>`
      select kind, refused from investigator.unit where pass_id = ${passId} order by kind`.execute(ground.database.db);
    expect(units.rows).toEqual([
      { kind: 'inodes', refused: 1 },
      { kind: 'volume', refused: 0 },
    ]);
    const tools = await sql<{ tools: string }>`
      select string_agg(distinct tool ->> 'tool', ' ') as tools
        from ledger.opening, jsonb_array_elements(payload::jsonb -> 'payload' -> 'tools') as tool`.execute(
      ground.database.db,
    );
    for (const tool of ['fls', 'icat', 'img_stat', 'mmls']) expect(tools.rows[0]?.tools).toContain(tool);
    expect(await checkUnits(ground.database.db, caseRef)).toEqual([]);
  });

  test('that is none is one unreadable row, and says why', { timeout: 30_000 }, async () => {
    const locator = path.join(ground.folder, 'nothing.E01');
    await writeFile(locator, 'EVF\x09\x0d\x0a\xff\x00 and no more');
    const { source_id: sourceId } = value(
      await addSource(deps(), { caseRef, exhibit: '3', kind: 'image', locator }, by()),
    );
    const { pass_id: passId } = value(await startPass(deps(), sourceId, by()));
    while ((await passState(ground.database.db, passId)) !== 'ended') await sleep(50);
    const { rows } = await sql<{ reason: string | null; unreadable: number }>`
      select reason, unreadable from investigator.unit where pass_id = ${passId}`.execute(ground.database.db);
    expect(rows).toEqual([{ reason: expect.any(String), unreadable: 1 }]);
  });

  test('is refused where there is none, and so is a zone that is none', async () => {
    const source = { caseRef, exhibit: '3', kind: 'image', locator: '/nowhere/disk.raw' } as const;
    expect(await addSource(deps(), source, by())).toMatchObject({ reason: { code: 'no-such-image' } });
    const zoned = { ...source, locator: images.raw, zone: 'Mars/Base' };
    expect(await addSource(deps(), zoned, by())).toMatchObject({ reason: { code: 'malformed-source' } });
  });
});
