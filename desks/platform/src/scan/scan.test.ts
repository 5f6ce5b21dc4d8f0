import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encode, makePicture } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedPlatform, openPlatformForTest, storeListOf } from '../open-platform.test-support.js';
import type { ScanRecord } from './scan-record.js';

let opened: OpenedPlatform;
let root: string;
let records: Map<string, ScanRecord>;
let scan: string;

const emoji = 'line\nbreak 😀.jpg';

beforeAll(async () => {
  opened = await openPlatformForTest({ exactMatches: 'file-without-viewing' });
  root = path.join(opened.folder, 'seen');
  await mkdir(path.join(root, 'ann', 'deep'), { recursive: true });
  const picture = makePicture(1);
  const listed = await encode(picture);
  const files: Readonly<Record<string, Uint8Array | string>> = {
    'ann/exact.jpg': listed,
    'ann/deep/small.webp': await encode(picture, { format: 'webp', resize: 0.5 }),
    'ann/mirrored.png': await encode(picture, { format: 'png', mirror: 'left-right' }),
    'ann/stranger.jpg': await encode(makePicture(2)),
    'cut.jpg': listed.subarray(0, 600),
    'text.jpg': 'This is text.',
    'notes.txt': 'This is text and says so.',
    'empty.png': '',
    [emoji]: await encode(makePicture(3)),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(root, name), content);
  await symlink('..', path.join(root, 'ann', 'loop'));
  await symlink('nowhere', path.join(root, 'dangling.jpg'));
  await storeListOf(opened.deps, 'known', { seeds: [1], files: [listed] });
  const { platform } = opened.desk;
  const started = await platform.startScan(request());
  scan = started.scan.id;
  await platform.walkScan(started.scan, () => undefined);
  while ((await platform.scanStatus(scan)).scan.state !== 'ended') await sleep(50);
  const lines = (await platform.resultsOf(scan, 0))?.toString('utf8').trimEnd().split('\n') ?? [];
  records = new Map(lines.map((line) => JSON.parse(line) as ScanRecord).map((one) => [one.path, one]));
});
afterAll(() => opened.close());

const request = () => ({
  root: Buffer.from(root),
  list: 'known',
  accounts: 'by-folder' as const,
  threshold: 31,
  actor: 'test',
  ifUnfinished: 'start-anew' as const,
});

test.each([
  ['ann/exact.jpg', { outcome: 'exact', account: 'ann', match: { by: 'sha256', line: 2 } }],
  ['ann/deep/small.webp', { outcome: 'near', account: 'ann', match: { by: 'pdq', line: 1, variant: 'original' } }],
  ['ann/mirrored.png', { outcome: 'near', match: { by: 'pdq', line: 1, variant: 'mirror' } }],
  ['ann/stranger.jpg', { outcome: 'none' }],
  ['notes.txt', { outcome: 'none' }],
  ['cut.jpg', { outcome: 'undecided', reason: { code: 'damaged' }, integrity: 'damaged' }],
  ['text.jpg', { outcome: 'undecided', reason: { code: 'not-a-picture' } }],
  ['empty.png', { outcome: 'undecided', reason: { code: 'empty' } }],
  ['ann/loop', { outcome: 'refused', reason: { code: 'symbolic-link' } }],
  ['dangling.jpg', { outcome: 'refused', reason: { code: 'symbolic-link' } }],
  [emoji, { outcome: 'none' }],
])('%j ends as %j', (name, expected) => {
  expect(records.get(name)).toMatchObject({ v: 1, scan, ...expected });
});

test.skipIf(process.getuid?.() === 0)(
  'what may not be read is named, and the rest goes on (skipped for root, who may)',
  async () => {
    const { platform } = opened.desk;
    const locked = path.join(opened.folder, 'locked');
    await mkdir(path.join(locked, 'folder'), { recursive: true });
    await writeFile(path.join(locked, 'file.jpg'), 'x', { mode: 0o000 });
    await writeFile(path.join(locked, 'open.txt'), 'x');
    await chmod(path.join(locked, 'folder'), 0o000);
    const started = await platform.startScan({ ...request(), root: Buffer.from(locked) });
    await platform.walkScan(started.scan, () => undefined);
    while ((await platform.scanStatus(started.scan.id)).scan.state !== 'ended') await sleep(50);
    const said = (await platform.resultsOf(started.scan.id, 0))?.toString('utf8').trimEnd().split('\n') ?? [];
    await chmod(path.join(locked, 'folder'), 0o700);
    expect(said.map((line) => JSON.parse(line) as ScanRecord)).toMatchObject([
      { path: 'file.jpg', outcome: 'failed', reason: { code: 'unreadable' } },
      { path: 'folder', outcome: 'failed', reason: { code: 'unreadable-folder' } },
      { path: 'open.txt', outcome: 'none' },
    ]);
  },
);

test('every name has one line and the tally counts them all', async () => {
  expect(records.size).toBe(11);
  const { scan: ended } = await opened.desk.platform.scanStatus(scan);
  expect(ended.tally).toEqual({ exact: 1, near: 2, none: 3, undecided: 3, refused: 2, failed: 0 });
  expect(ended.files).toBe(11);
});

test('an exact match is confirmed by the policy, a near one waits for a person', async () => {
  const { platform } = opened.desk;
  const waiting = await platform.listMatches({ state: 'waiting', limit: 10 });
  expect(waiting.map(({ name }) => name).sort()).toEqual(['ann/deep/small.webp', 'ann/mirrored.png']);
  const [confirmed] = await platform.listMatches({ state: 'confirmed', limit: 10 });
  expect(confirmed).toMatchObject({ name: 'ann/exact.jpg', basis: 'policy-exact' });
});

test('the bytes that matched are in the vault', async () => {
  for (const { sha256 } of await opened.desk.platform.listMatches({ state: 'all', limit: 10 })) {
    expect(await opened.deps.vault.has(sha256.toString('hex') as never)).toBe('present');
  }
});

test('a batch run twice is written once', async () => {
  const before = await sql<{ count: number }>`select count(*) from platform.match`.execute(opened.scratch.db);
  await sql`update platform.scan_batch set state = 'waiting' where scan = ${scan}`.execute(opened.scratch.db);
  const key = { scan, ordinal: 0 };
  await sql`delete from platform.decision`.execute(opened.scratch.db);
  await sql`delete from platform.match`.execute(opened.scratch.db);
  await Promise.all([opened.desk.platform.runBatch(key), opened.desk.platform.runBatch(key)]);
  const after = await sql<{ count: number }>`select count(*) from platform.match`.execute(opened.scratch.db);
  expect(after.rows).toEqual(before.rows);
});

test('a list that nobody imported is refused by name', async () => {
  const missing = opened.desk.platform.startScan({ ...request(), list: 'missing' });
  await expect(missing).rejects.toMatchObject({ code: 'no-such-list' });
});
