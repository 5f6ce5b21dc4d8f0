import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { stepsUpTo } from '@tutela/policy';
import { encode, makePicture } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ItemReader } from '../archive/item-reader.js';
import { by, caseRef, everything, value } from '../seizure/seizure.test-support.js';
import { changedServiceRows } from '../service/changed-rows.js';
import { matchKnownFiles } from '../service/known-files.js';
import { readKnownList } from '../service/known-list.js';
import { matchesByAccount } from '../service/queries/known.js';
import { windowOfMatches, windowOfStacks } from '../service/queries/stacks.js';
import {
  type FingerprintGround,
  lookAtCalmAndRough,
  openFingerprintGround,
  picturesOf,
  writeKnownList,
} from './fingerprint.test-support.js';
import { runFingerprintUnit } from './run-unit.js';
import { checkFingerprints, readFingerprints, startFingerprints } from './runs.js';

const kills = process.env.TUTELA_LONG === undefined ? 3 : 30;
const canTrace = spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0;

let ground: FingerprintGround;
const deps = () => ground.deps();
beforeAll(async () => {
  ground = await openFingerprintGround();
});
afterAll(() => ground.close());

const picture = (seed: number) => makePicture(seed, { width: 320, height: 240 });
const jpeg = async (seed: number, copy: Parameters<typeof encode>[1] = {}): Promise<Uint8Array> =>
  encode(picture(seed), copy);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A PNG whose header promises 20,000 by 20,000 pixels. */
const bomb = async (): Promise<Buffer> => {
  const png = Buffer.from(await encode(picture(90), { format: 'png' }));
  png.writeUInt32BE(20_000, 16);
  png.writeUInt32BE(20_000, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
};

test.skipIf(!canTrace)(
  'edited copies are found and strangers are not; what match does not cover has no row and is never opened',
  async () => {
    const listed = await jpeg(1);
    const same = await jpeg(50);
    const damaged = (await jpeg(60)).slice(0, 100);
    const files = {
      'storage/alice/listed.jpg': listed,
      'storage/alice/again.jpg': await jpeg(1, { quality: 50 }),
      'storage/alice/smaller.jpg': await jpeg(1, { resize: 0.6 }),
      'storage/alice/mirror.jpg': await jpeg(1, { mirror: 'left-right', quality: 80 }),
      'storage/alice/cut.jpg': await jpeg(1, { crop: 0.01 }),
      'storage/alice/stranger-1.jpg': await jpeg(40),
      'storage/alice/same-1.jpg': same,
      'storage/alice/same-2.jpg': same,
      'storage/alice/bomb.png': await bomb(),
      'storage/alice/damaged.jpg': damaged,
      'storage/alice/changed.jpg': await jpeg(70),
      'storage/bob/excluded.jpg': await jpeg(1, { quality: 40 }),
      'storage/carol/hashed.jpg': await jpeg(1, { quality: 45 }),
    };
    const root = await ground.write('traced', files);
    const exclusions = [{ accounts: ['bob'], reason: 'another customer' }];
    await ground.authorise({ scope: { ...everything, accounts: ['alice'], exclusions } });
    await ground.authorise({
      scope: { ...everything, accounts: ['carol', 'bob'], exclusions },
      grants: stepsUpTo('list'),
    });
    const endReading = await ground.startWorker();
    await ground.readAll(caseRef, root);
    await endReading();
    await appendFile(path.join(root, 'storage/alice/changed.jpg'), 'more');

    const trace = path.join(ground.folder, 'opens');
    const endLooking = await ground.startWorker(trace);
    await ground.lookAtAll(caseRef, 4);
    await endLooking();
    const opened = [...(await readFile(trace, 'utf8')).matchAll(/open(?:at2?)?\((?:AT_FDCWD, )?"([^"]*)"/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => name.startsWith(root))
      .map((name) => path.relative(root, name));
    const alices = Object.keys(files).filter((name) => name.includes('alice'));
    expect(opened.sort()).toEqual(alices.filter((name) => !name.endsWith('same-2.jpg')).sort());

    const { db } = ground.database;
    const { rows } = await sql<{ sha256: string; outcome: string; reason: string | null }>`
      select sha256, outcome, reason from investigator.picture where case_ref = ${caseRef}`.execute(db);
    const seen = new Map(rows.map((row) => [row.sha256, `${row.outcome} ${row.reason ?? ''}`.trim()]));
    expect(rows).toHaveLength(alices.length - 1);
    expect(seen.get(sha256(await bomb()))).toBe('over-limit too-large');
    expect(seen.get(sha256(damaged))).toMatch(/^damaged /);
    expect(seen.get(sha256(await jpeg(70)))).toBe('unread changed');
    expect(seen.get(sha256(same))).toBe('decoded');
    for (const kept of ['bob/excluded', 'carol/hashed'])
      expect(seen.has(sha256(files[`storage/${kept}.jpg` as keyof typeof files]))).toBe(false);

    const known = await readKnownList(await writeKnownList(ground, 'near.csv', listed));
    const run = await matchKnownFiles(deps(), { caseRef, known, by: 'staff-1' });
    expect(run).toMatchObject({ compared: alices.length, matched: 1, near: 4, refused: 1 });
    expect(run.pictures + run.unseen).toBe(alices.length - 1);
    const stretch = { direction: 'down' as const, past: undefined, skip: 0, limit: 50 };
    const found = await windowOfMatches(db, { caseRef }, stretch);
    expect(
      found.map(({ path: place, kind, variant, line }) => [path.basename(place ?? ''), kind, variant, line]),
    ).toEqual(
      expect.arrayContaining([
        ['listed.jpg', 'exact', null, 2],
        ['again.jpg', 'near', 'original', 2],
        ['smaller.jpg', 'near', 'original', 2],
        ['mirror.jpg', 'near', 'mirror', 2],
        ['cut.jpg', 'near', 'original', 2],
      ]),
    );
    for (const { kind, distance } of found) {
      if (kind === 'near') expect(distance).toBeLessThanOrEqual(31);
      else expect(distance).toBeNull();
    }
    expect(await matchesByAccount(db, caseRef)).toEqual([{ account: 'alice', exact: 1, near: 4, inArchives: 0 }]);
    expect(await windowOfMatches(db, { caseRef, kind: 'exact' }, stretch)).toHaveLength(1);
    const exact = await windowOfStacks(db, { caseRef, least: 1, kind: 'exact' }, stretch);
    expect(exact.filter((stack) => stack.known === 'near')).toHaveLength(4);

    expect(await readFingerprints(deps(), caseRef)).toMatchObject({ refused: 1, unitsLeft: 0, stopped: 0 });
    expect(await checkFingerprints(db, caseRef)).toEqual([]);
    expect(await changedServiceRows(db)).toEqual([]);
    expect(await ground.findings()).toEqual([]);
    await sql`update investigator.picture set quality = 99 where sha256 = ${sha256(same)}`.execute(db);
    expect(await checkFingerprints(db, caseRef)).toHaveLength(1);
  },
  60_000,
);

const many = async (count: number): Promise<Record<string, Uint8Array>> => {
  const files: Record<string, Uint8Array> = {};
  for (let at = 0; at < count; at++)
    files[`storage/user-${at % 7}/${at}.jpg`] = await encode(makePicture(1000 + at, { width: 160, height: 120 }));
  return files;
};

test(`a worker killed ${kills} times leaves the same pictures as one that nobody disturbs`, async () => {
  const files = { ...(await many(300)), 'bomb.png': await bomb() };
  const root = await ground.write('killed', files);
  await lookAtCalmAndRough(ground, { locator: root, unitContents: 10, kills });
  const calm = await picturesOf(ground, 'calm');
  expect(await picturesOf(ground, 'rough')).toEqual(calm);
  expect(calm).toMatchObject({ pictures: 301, decided: 301 });
  expect(await startFingerprints(deps(), 'rough', by())).toMatchObject({ kind: 'nothing' });
  expect(await ground.findings()).toEqual([]);
}, 300_000);

test('a revocation stops what runs within a heartbeat, hides what was seen, and a new authority takes it up', async () => {
  const ref = 'revoked';
  const root = await ground.write('revoked', await many(120));
  await ground.openOther(ref);
  const first = await ground.authorise({ caseRef: ref });
  const endReading = await ground.startWorker();
  await ground.readAll(ref, root);
  await endReading();
  const run = value(await startFingerprints(deps(), ref, { ...by(), unitContents: 1000 }));
  expect(await startFingerprints(deps(), ref, by())).toMatchObject({ kind: 'refused', reason: { code: 'under-way' } });
  let opened = 0;
  const revoking: ItemReader = {
    open: async (item) => {
      if (++opened === 20) {
        await ground.revoke(first);
        await sleep(600);
      }
      return ground.reader.open(item);
    },
  };
  await runFingerprintUnit({ ...deps(), decoder: ground.decoder, reader: revoking }, run.runId, 0);
  // Those of the portion that were asked about before it ended.
  expect(opened).toBeLessThanOrEqual(32);
  const { rows } = await sql`
    select state, reason from investigator.fingerprint_unit where run_id = ${run.runId}`.execute(ground.database.db);
  expect(rows).toEqual([{ state: 'stopped-by-authority', reason: 'authority.revoked' }]);
  const stopped = await readFingerprints(deps(), ref);
  expect(stopped).toMatchObject({ run: { state: 'ended' }, stopped: 1, outcomes: [] });
  expect(stopped.done).toBeLessThanOrEqual(opened);

  await ground.authorise({ caseRef: ref });
  const end = await ground.startWorker();
  await ground.readAll(ref, root);
  await ground.lookAtAll(ref);
  await end();
  expect((await readFingerprints(deps(), ref)).outcomes).toEqual([{ outcome: 'decoded', pictures: 120 }]);
  expect(await ground.findings()).toEqual([]);
}, 120_000);
