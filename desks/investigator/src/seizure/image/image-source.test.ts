import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
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
import { acquireDisk, makeLinuxDisk, missingImageTools, skippedWithoutImageTools } from './disk-image.test-support.js';

const files: Readonly<Record<string, Buffer>> = {
  'storage/ann/a.txt': Buffer.from('harmless\n'.repeat(500)),
  'storage/ann/empty': Buffer.alloc(0),
  'storage/ann/long.bin': Buffer.alloc(9 << 20, 'tutela'),
  'storage/bob/b.txt': Buffer.from('of another customer'),
};
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(missingImageTools.length > 0)(`a disk image (${skippedWithoutImageTools})`, () => {
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
    images.raw = path.join(ground.folder, 'disk.raw');
    await makeLinuxDisk(images.raw, files);
    images.e01 = acquireDisk(images.raw, path.join(ground.folder, 'acquired'));
    const exclusions = [{ folders: ['volume-2048/storage/bob'], reason: 'Another customer' }];
    await ground.authorise({ scope: { ...everything, exclusions } });
  });
  afterAll(async () => {
    await engine.close();
    await ground.close();
  });

  test.each(['raw', 'e01'] as const)('is read inside the authority: %s', async (which) => {
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

    // As it was before places were kept: that is no longer what the unit was written with, and a new pass keeps them.
    await sql`update investigator.item set image_place = null where source_id = ${sourceId}`.execute(
      ground.database.db,
    );
    expect(await checkUnits(ground.database.db, caseRef)).toHaveLength(1);
    const again = value(await startPass(deps(), sourceId, by()));
    while ((await passState(ground.database.db, again.pass_id)) !== 'ended') await sleep(50);
    const places = await sql`
      select image_place from investigator.item
       where source_id = ${sourceId} and image_place ~ '^2048/[0-9]+$'`.execute(ground.database.db);
    expect(places.rows).toHaveLength(3);
    expect(await checkUnits(ground.database.db, caseRef)).toEqual([]);
  });

  test('that is none is one unreadable row, and says why', async () => {
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
