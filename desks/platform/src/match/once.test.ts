import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encode, makePicture } from '@tutela/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedPlatform, openPlatformForTest, storeListOf } from '../open-platform.test-support.js';

let opened: OpenedPlatform;
let root: string;

beforeAll(async () => {
  opened = await openPlatformForTest({ exactMatches: 'review' });
  root = path.join(opened.folder, 'seen');
  await mkdir(path.join(root, 'ann'), { recursive: true });
  const bytes = await encode(makePicture(1));
  await writeFile(path.join(root, 'ann', 'one.jpg'), bytes);
  await writeFile(path.join(root, 'ann', 'same.jpg'), bytes);
  await writeFile(path.join(root, 'nobody.jpg'), bytes);
  await storeListOf(opened.deps, 'by-look', { seeds: [1], files: [] });
  await storeListOf(opened.deps, 'by-digest', { seeds: [], files: [bytes] });
});
afterAll(() => opened.close());

const scan = async (list: string): Promise<void> => {
  const { platform } = opened.desk;
  const request = { root: Buffer.from(root), list, threshold: 31, actor: 'test', ifUnfinished: 'start-anew' } as const;
  const started = await platform.startScan({ ...request, accounts: 'by-folder' });
  await platform.walkScan(started.scan, () => undefined);
  while ((await platform.scanStatus(started.scan.id)).scan.state !== 'ended') await sleep(50);
};
const waiting = () => opened.desk.platform.listMatches({ state: 'waiting', limit: 100 });
const kinds = async () => (await waiting()).map(({ kind }) => kind).sort();

test('the same bytes of an account wait once, however often they are scanned, and nothing waits for nobody', async () => {
  await scan('by-look');
  await scan('by-look');
  expect(await kinds()).toEqual(['near']);
  await scan('by-digest');
  await scan('by-digest');
  expect(await kinds()).toEqual(['exact', 'near']);
  await scan('by-look');
  expect(await kinds()).toEqual(['exact', 'near']);
});

test('once the bytes are decided nothing of them stands in the way of a report', async () => {
  const exact = (await waiting()).find(({ kind }) => kind === 'exact');
  expect((await opened.desk.platform.accountState('ann')).undecided).toBe(1);
  const decision = { match: exact?.id ?? '', decision: 'confirmed', actor: 'analyst-1', reason: 'as listed' } as const;
  expect(await opened.desk.platform.decide(decision)).toMatchObject({ kind: 'done', value: { account: 'ann' } });
  expect((await opened.desk.platform.accountState('ann')).undecided).toBe(0);
});
