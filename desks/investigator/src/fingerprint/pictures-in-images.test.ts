import { spawnSync } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { stepsUpTo } from '@tutela/policy';
import { encode, makePicture } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  acquireDisk,
  linuxStart,
  makeFatDisk,
  makeLinuxDisk,
  missingImageTools,
  skippedWithoutImageTools,
} from '../seizure/image/disk-image.test-support.js';
import { everything } from '../seizure/seizure.test-support.js';
import { matchKnownFiles } from '../service/known-files.js';
import { readKnownList } from '../service/known-list.js';
import { windowOfMatches } from '../service/queries/stacks.js';
import {
  type FingerprintGround,
  lookAtCalmAndRough,
  openFingerprintGround,
  picturesOf,
  writeKnownList,
} from './fingerprint.test-support.js';
import { checkFingerprints, readFingerprints } from './runs.js';

const kills = process.env.TUTELA_LONG === undefined ? 2 : 30;
const canTrace = spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0;
const linux = { kind: 'image', accountPath: `volume-${linuxStart}/storage/*` } as const;
const stretch = { direction: 'down' as const, past: undefined, skip: 0, limit: 50 };

const jpeg = (seed: number, copy: Parameters<typeof encode>[1] = {}): Promise<Uint8Array> =>
  encode(makePicture(seed, { width: 320, height: 240 }), copy);

describe.skipIf(missingImageTools.length > 0)(`pictures inside of disk images (${skippedWithoutImageTools})`, () => {
  let ground: FingerprintGround;
  let listed: Uint8Array;
  beforeAll(async () => {
    ground = await openFingerprintGround();
    listed = await jpeg(1);
  });
  afterAll(() => ground.close());

  interface Row {
    readonly path: string;
    readonly place: string;
    readonly sha256: string;
  }
  const itemsOf = async (ref: string): Promise<readonly Row[]> =>
    (
      await sql<Row>`select path, image_place as place, sha256 from investigator.item
                      where case_ref = ${ref} and state = 'digested' order by path`.execute(ground.database.db)
    ).rows;
  const nearIn = async (ref: string): Promise<readonly string[]> => {
    const known = await readKnownList(await writeKnownList(ground, `${ref}.csv`, listed));
    await matchKnownFiles(ground.deps(), { caseRef: ref, known, by: 'staff-1' });
    const found = await windowOfMatches(ground.database.db, { caseRef: ref, kind: 'near' }, stretch);
    return found.map((row) => path.basename(row.path ?? '')).sort();
  };

  test.skipIf(!canTrace)(
    'edited copies are found in ext4, and the tools are asked for no file that match does not cover',
    async () => {
      const ref = 'linux';
      const disk = path.join(ground.folder, 'linux.raw');
      await makeLinuxDisk(disk, {
        'storage/alice/again.jpg': await jpeg(1, { quality: 50 }),
        'storage/alice/mirror.jpg': await jpeg(1, { mirror: 'left-right' }),
        'storage/alice/stranger.jpg': await jpeg(40),
        'storage/bob/excluded.jpg': await jpeg(1, { quality: 40 }),
        'storage/carol/hashed.jpg': await jpeg(1, { quality: 45 }),
      });
      await ground.openOther(ref);
      const exclusions = [{ accounts: ['bob'], reason: 'another customer' }];
      await ground.authorise({ caseRef: ref, scope: { ...everything, accounts: ['alice'], exclusions } });
      const hashing = { ...everything, accounts: ['bob', 'carol'], exclusions };
      await ground.authorise({ caseRef: ref, scope: hashing, grants: stepsUpTo('list') });
      const endReading = await ground.startWorker();
      await ground.readAll(ref, disk, linux);
      await endReading();
      const items = await itemsOf(ref);
      const names = items.map((item) => path.basename(item.path));
      expect(names).toEqual(['again.jpg', 'mirror.jpg', 'stranger.jpg', 'hashed.jpg']);

      const trace = path.join(ground.folder, 'tools');
      const endLooking = await ground.startWorker(trace);
      await ground.lookAtAll(ref, 2);
      await endLooking();
      // The last of what icat is told is the address of a file, but where it is asked for its version.
      const asked = [...(await readFile(trace, 'utf8')).matchAll(/execve\("[^"]*\/icat", \[.*"(\d[^"]*)"\]/g)];
      const addresses = items
        .filter((item) => item.path.includes('/alice/'))
        .map(({ place }) => place.split('/')[1] ?? '');
      expect(asked.map(([, address = '']) => address).sort()).toEqual(addresses.sort());
      expect((await readFingerprints(ground.deps(), ref)).outcomes).toEqual([{ outcome: 'decoded', pictures: 3 }]);
      expect(await nearIn(ref)).toEqual(['again.jpg', 'mirror.jpg']);
      expect(await checkFingerprints(ground.database.db, ref)).toEqual([]);
      expect(await ground.findings()).toEqual([]);
    },
    300_000,
  );

  test('those of an E01 of FAT too, deleted ones as well, and where names are not kept', async () => {
    const ref = 'fat';
    const disk = path.join(ground.folder, 'fat.raw');
    const files = { 'kept.jpg': await jpeg(1, { quality: 60 }), 'gone.jpg': await jpeg(1, { resize: 0.7 }) };
    await makeFatDisk(disk, { ...files, 'other.jpg': await jpeg(41) }, ['gone.jpg']);
    await ground.openOther(ref);
    const grants = stepsUpTo('match').filter((step) => step !== 'list');
    await ground.authorise({ caseRef: ref, grants });
    const end = await ground.startWorker();
    await ground.readAll(ref, acquireDisk(disk, path.join(ground.folder, 'fat')), { kind: 'image' });
    const items = await itemsOf(ref);
    expect(items.map((item) => item.path)).toEqual([null, null, null]);
    expect(items.filter(({ place }) => place.endsWith('/deleted'))).toHaveLength(1);
    await ground.lookAtAll(ref);
    await end();
    expect((await readFingerprints(ground.deps(), ref)).outcomes).toEqual([{ outcome: 'decoded', pictures: 3 }]);
    expect(await nearIn(ref)).toHaveLength(2);
  }, 300_000);

  test('one that is damaged since is said to be, the others go on, and what is mended is looked at', async () => {
    const ref = 'damaged';
    const disk = path.join(ground.folder, 'damaged.raw');
    const first = await jpeg(50);
    await makeLinuxDisk(disk, { 'a.jpg': first, 'b.jpg': await jpeg(51), 'c.jpg': await jpeg(52) });
    await ground.openOther(ref);
    await ground.authorise({ caseRef: ref });
    const end = await ground.startWorker();
    await ground.readAll(ref, disk, linux);
    const at = (await readFile(disk)).indexOf(first) + first.length - 20;
    const flip = async (): Promise<void> => {
      const file = await open(disk, 'r+');
      const byte = Buffer.alloc(1);
      await file.read(byte, 0, 1, at);
      await file.write(Buffer.from([byte.readUInt8() ^ 1]), 0, 1, at);
      await file.close();
    };
    await flip();
    await ground.lookAtAll(ref);
    const rows = async () =>
      (
        await sql`select outcome, reason, count(*)::int as pictures from investigator.picture where case_ref = ${ref}
                   group by outcome, reason order by outcome, reason`.execute(ground.database.db)
      ).rows;
    const seen = { outcome: 'decoded', reason: null, pictures: 2 };
    const unread = { outcome: 'unread', reason: 'changed', pictures: 1 };
    expect(await rows()).toEqual([seen, unread]);
    await flip();
    await ground.lookAtAll(ref);
    expect(await rows()).toEqual([{ ...seen, pictures: 3 }, unread]);
    await end();
  }, 300_000);

  test(`a worker killed ${kills} times in an image leaves the same pictures as one that nobody disturbs`, async () => {
    const files: Record<string, Uint8Array> = {};
    for (let at = 0; at < 30; at++)
      files[`storage/user-${at % 7}/${at}.jpg`] = await encode(makePicture(2000 + at, { width: 160, height: 120 }));
    const disk = path.join(ground.folder, 'killed.raw');
    await makeLinuxDisk(disk, files);
    await lookAtCalmAndRough(ground, { locator: disk, place: linux, unitContents: 3, kills });
    const calm = await picturesOf(ground, 'calm');
    expect(await picturesOf(ground, 'rough')).toEqual(calm);
    expect(calm).toMatchObject({ pictures: 30, decided: 30 });
    expect(await ground.findings()).toEqual([]);
  }, 300_000);
});
