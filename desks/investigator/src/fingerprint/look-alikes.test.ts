import { createHash } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encode, makePicture } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { by, everything, value } from '../seizure/seizure.test-support.js';
import { countStacks, type StackFilter, type StackRow, windowOfStacks } from '../service/queries/stacks.js';
import { type FingerprintGround, openFingerprintGround } from './fingerprint.test-support.js';
import { checkFingerprints, startFingerprints } from './runs.js';

let ground: FingerprintGround;
beforeAll(async () => {
  ground = await openFingerprintGround();
});
afterAll(() => ground.close());

const jpeg = (seed: number, copy: Parameters<typeof encode>[1] = {}): Promise<Uint8Array> =>
  encode(makePicture(seed, { width: 320, height: 240 }), copy);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const stretch = { direction: 'down' as const, past: undefined, skip: 0, limit: 50 };
const stacksOf = (ref: string, filter: Omit<StackFilter, 'caseRef' | 'least'> = {}): Promise<readonly StackRow[]> =>
  windowOfStacks(ground.database.db, { caseRef: ref, least: 1, ...filter }, stretch);
/** The names of the files whose contents stand in stacks, by name. */
const stored = async (ref: string): Promise<readonly (readonly string[])[]> => {
  const { rows } = await sql<{ names: readonly string[] }>`
    select array_agg(item.path) as names
      from investigator.look_alike as alike
      join investigator.item as item on item.case_ref = alike.case_ref and item.sha256 = alike.sha256
     where alike.case_ref = ${ref} group by alike.leader_sha256`.execute(ground.database.db);
  return rows
    .map(({ names }) => names.map((name) => path.basename(name, '.jpg')).toSorted())
    .toSorted((one, other) => one.join().localeCompare(other.join()));
};

const seized = async (): Promise<Record<string, Uint8Array>> => ({
  'storage/alice/one.jpg': await jpeg(1, { quality: 95 }),
  'storage/alice/one-weak.jpg': await jpeg(1, { quality: 50 }),
  'storage/alice/one-small.jpg': await jpeg(1, { resize: 0.6 }),
  'storage/alice/stranger.jpg': await jpeg(40),
  'storage/bob/one-mirrored.jpg': await jpeg(1, { mirror: 'left-right', quality: 80 }),
  'storage/bob/one.jpg': await jpeg(1, { quality: 95 }),
});

test('edited copies stand in one stack, strangers do not; what comes later joins them', async () => {
  const ref = 'edited';
  const files = await seized();
  await ground.openOther(ref);
  await ground.authorise({ caseRef: ref });
  const end = await ground.startWorker();
  await ground.readAll(ref, await ground.write('edited', files));
  await ground.lookAtAll(ref);
  expect(await stored(ref)).toEqual([['one', 'one', 'one-mirrored', 'one-small', 'one-weak']]);
  const [stack, ...others] = await stacksOf(ref);
  const leader = sha256(files['storage/alice/one.jpg'] ?? new Uint8Array());
  expect(stack).toMatchObject({ sha256: leader, files: 5, copies: 2, lookAlikes: 3, accounts: 2, known: 'not-known' });
  expect(others).toMatchObject([{ files: 1, copies: 1, lookAlikes: 0 }]);
  expect(await stacksOf(ref, { kind: 'near' })).toEqual([stack]);
  expect(await stacksOf(ref, { kind: 'exact' })).toHaveLength(5);
  expect(await countStacks(ground.database.db, { caseRef: ref, least: 1 })).toBe(2);

  await ground.readAll(ref, await ground.write('later', { 'storage/carol/late.jpg': await jpeg(40, { quality: 60 }) }));
  await ground.lookAtAll(ref);
  await end();
  expect(await stored(ref)).toEqual([
    ['late', 'stranger'],
    ['one', 'one', 'one-mirrored', 'one-small', 'one-weak'],
  ]);
  expect(await ground.findings()).toEqual([]);
  expect(await checkFingerprints(ground.database.db, ref)).toEqual([]);
  await sql`update investigator.look_alike set distance = 31 where case_ref = ${ref} and distance = 0`.execute(
    ground.database.db,
  );
  expect(await checkFingerprints(ground.database.db, ref)).toEqual(['look-alikes']);
}, 120_000);

test('what an authority does not let be seen any more is in no stack, and holds none together', async () => {
  const ref = 'hidden';
  await ground.openOther(ref);
  const files = { ...(await seized()), 'storage/bob/large.jpg': await jpeg(1, { quality: 99 }) };
  delete (files as Record<string, Uint8Array>)['storage/bob/one.jpg'];
  await ground.authorise({ caseRef: ref, scope: { ...everything, accounts: ['alice'] } });
  const bobs = await ground.authorise({ caseRef: ref, scope: { ...everything, accounts: ['bob'] } });
  const end = await ground.startWorker();
  const root = await ground.write('hidden', files);
  await ground.readAll(ref, root);
  await ground.lookAtAll(ref);
  expect(await stored(ref)).toEqual([['large', 'one', 'one-mirrored', 'one-small', 'one-weak']]);
  expect(await stacksOf(ref, { kind: 'near' })).toMatchObject([{ files: 5, lookAlikes: 4, accounts: 2 }]);
  await ground.revoke(bobs);
  expect(await stacksOf(ref, { kind: 'near' })).toEqual([]);
  expect(await stacksOf(ref)).toHaveLength(4);

  await ground.readAll(ref, await ground.write('more', { 'storage/alice/more.jpg': await jpeg(77) }));
  await ground.lookAtAll(ref);
  await end();
  expect(await stored(ref)).toEqual([['one', 'one-small', 'one-weak']]);
  expect(await stacksOf(ref, { kind: 'near' })).toMatchObject([{ files: 3, lookAlikes: 2, accounts: 1 }]);
  expect(await ground.findings()).toEqual([]);
}, 120_000);

test('a worker killed while it writes stacks leaves none of them, and the next one writes the same', async () => {
  const { db } = ground.database;
  let end = await ground.startWorker();
  const root = await ground.write('killed', await seized());
  for (const ref of ['calm', 'rough']) {
    await ground.openOther(ref);
    await ground.authorise({ caseRef: ref });
    await ground.readAll(ref, root);
  }
  await ground.lookAtAll('calm');
  await ground.act(async (tx) => {
    await sql`lock table investigator.look_alike in share mode`.execute(tx);
    value(await startFingerprints(ground.deps(), 'rough', by()));
    await ground.ended('rough');
    for (;;) {
      const { rows } = await sql`
        select from pg_locks where relation = 'investigator.look_alike'::regclass and not granted`.execute(tx);
      if (rows.length > 0) break;
      await sleep(20);
    }
    await end();
  });
  const { rows } = await sql`select from investigator.stacking where case_ref = 'rough'`.execute(db);
  expect([rows, await stored('rough')]).toEqual([[], []]);
  end = await ground.startWorker();
  await ground.stacked('rough');
  await end();
  expect(await stored('rough')).toEqual(await stored('calm'));
  const digests = await sql`
    select distinct rows_sha256 from investigator.stacking where case_ref in ('calm', 'rough')`.execute(db);
  expect(digests.rows).toHaveLength(1);
  const events = await sql`
    select from ledger.effect where table_name = 'investigator.stacking' and row_key like '%"rough"%'`.execute(db);
  expect(events.rows).toHaveLength(1);
  expect(await ground.findings()).toEqual([]);
}, 120_000);
