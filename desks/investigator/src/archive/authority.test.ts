import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthorityId } from '@tutela/policy';
import { openEmbeddedEngine, type RecoveryEngine } from '@tutela/recovery';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceId } from '../seizure/schema.js';
import { type ArchiveGround, caseRef, everything, fixture, openArchiveGround, quick } from './archive.test-support.js';
import { takeArchiveCensus } from './census/take-census.js';
import { openArchives } from './opening/open-archives.js';
import { runRecovery } from './recovery/run-recovery.js';

let ground: ArchiveGround;
beforeAll(async () => {
  ground = await openArchiveGround();
}, 60_000);
afterAll(() => ground.close());

const statesOf = (sourceId: SourceId) =>
  ground.rows(sql<{ path: string; state: string; reason: string | null }>`
    select coalesce(item.path, '-') as path, one.state, one.reason from investigator.archive_set one
      join investigator.archive_volume first on first.set_id = one.set_id and first.ordinal = 0
      join investigator.item item on item.item_id = first.item_id
     where one.source_id = ${sourceId} order by 1`);
const attemptsUnder = (authorityId: string) =>
  ground.rows(sql<{ lock_key: string }>`
    select distinct lock_key from investigator.recovery_attempt where authority_id = ${authorityId}`);
const decisions = (step: string, answer: string) =>
  ground.rows(sql<{ rule: string; objects: number }>`
    select rule, sum(objects)::int as objects from policy.decision where step = ${step} and answer <> 'allow'
       and ${answer} = 'no' group by rule order by rule`);

test('without open a password is found, counted and sealed, and nothing is opened', { timeout: 30_000 }, async () => {
  const source = await ground.addFolder('sealed', { 'a/x.zip': await fixture('zip-aes256.zip') });
  const authorityId = await ground.grant('attempt', [source]);
  await ground.read(source);
  await takeArchiveCensus(ground.deps, { caseRef });
  await ground.importWords('few', ['no', 'NoSuchWord', ...(await passwordOf('zip-aes256'))]);
  expect(await ground.recover(authorityId)).toMatchObject({ endedBecause: 'nothing-left' });
  expect(await statesOf(source)).toEqual([{ path: 'a/x.zip', state: 'sealed', reason: 'step.not-granted' }]);
  const secrets = await ground.rows(sql<{ verified: string }>`
    select verified from investigator.archive_secret where authority_id = ${authorityId}`);
  expect(secrets).toEqual([{ verified: 'by-check-only' }]);
  expect(await openArchives(ground.deps, { caseRef })).toEqual({ refused: 1 });
  expect(await ground.rows(sql`select from investigator.item where parent_item_id is not null`)).toEqual([]);
});

const passwordOf = async (id: string): Promise<readonly string[]> => {
  const manifest = JSON.parse((await fixture('manifest.json')).toString('utf8')) as {
    readonly archives: readonly { readonly id: string; readonly password: string }[];
  };
  return manifest.archives.flatMap((archive) => (archive.id === id ? [archive.password] : []));
};

test('names are not kept where list is not granted, and volumes are still one archive', {
  timeout: 30_000,
}, async () => {
  const parts = await Promise.all([1, 2, 3, 4, 5].map((part) => fixture(`rar5-multi.part${part}.rar`)));
  const files = Object.fromEntries(parts.map((bytes, at) => [`${'cdeab'[at]}.bin`, bytes]));
  const source = await ground.addFolder('unnamed', files);
  await ground.grant('open', [source], { grants: ['store', 'hash', 'attempt'] });
  await ground.read(source);
  await takeArchiveCensus(ground.deps, { caseRef });
  expect(await statesOf(source)).toEqual([{ path: '-', state: 'locked', reason: null }]);
  const members = await ground.rows(sql`
    select from investigator.archive_member join investigator.archive_set using (set_id) where source_id = ${source}`);
  expect(members).toEqual([]);
});

test("another authority's locks are never tried with what was found, unless its text says so", {
  timeout: 60_000,
}, async () => {
  const [password = ''] = await passwordOf('rar5-data');
  const here = await ground.addFolder('here', {
    'x/a.rar': await fixture('rar5-data.rar'),
    'x/readme.txt': `password: ${password}`,
  });
  const there = await ground.addFolder('there', {
    'y/rar5-data-copy.rar': flippedCopy(await fixture('rar5-data.rar')),
  });
  const second = await ground.grant('open', [there]);
  const first = await ground.grant('open', [here]);
  await ground.read(here);
  await ground.read(there);
  await takeArchiveCensus(ground.deps, { caseRef });
  await ground.recover(first);
  expect(await statesOf(here)).toMatchObject([{ state: 'unlocked' }]);
  expect(await statesOf(there)).toMatchObject([{ state: 'locked' }]);
  expect((await attemptsUnder(first)).length).toBe(1);
  await ground.recover(second);
  expect(await statesOf(there)).toMatchObject([{ state: 'exhausted' }]);
  const reuse = await ground.rows(sql<{ answer: string; detail: string }>`
    select answer, detail from investigator.secret_reuse where found_under = ${first} and tried_under = ${second}`);
  expect(reuse).toEqual([{ answer: 'deny', detail: 'not-stated' }]);

  const third = await ground.grant('open', [there], { id: thirdId });
  const source = await giver(password);
  const giving = await ground.grant('open', [source], { secretReuse: { kind: 'also', authorities: [third] } });
  await ground.read(source);
  await takeArchiveCensus(ground.deps, { caseRef });
  await ground.recover(giving);
  await ground.revoke(second);
  await ground.recover(third);
  expect(await statesOf(there)).toMatchObject([{ state: 'unlocked' }]);
});
const thirdId = randomUUID() as unknown as AuthorityId;

/** Another archive under the same password, as far as its lock goes: its salt and check value stand. */
const flippedCopy = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.from('trailing')]);
const giver = async (password: string): Promise<SourceId> => {
  const source = await ground.addFolder('giver', {
    'z/b.rar': await fixture('rar5-data.rar'),
    'z/pass.txt': `password: ${password}`,
  });
  return source;
};

test('what the authority excludes is not admitted, and the refusal is on record', { timeout: 30_000 }, async () => {
  const source = await ground.addFolder('excluded', {
    'storage/counsel/a.zip': await fixture('zip-zipcrypto.zip'),
    'storage/other/b.zip': await fixture('zip-zipcrypto-stored.zip'),
  });
  const exclusion = { folders: ['storage/counsel'], reason: 'privileged' };
  const only = await ground.grant('open', 'any', {
    scope: { ...everything, sources: [source], exclusions: [] },
    grants: ['store', 'hash', 'list', 'match'],
  });
  const authorityId = await ground.grant('open', [source], {
    scope: { ...everything, sources: [source], exclusions: [exclusion] },
  });
  await ground.read(source);
  await takeArchiveCensus(ground.deps, { caseRef });
  await ground.recover(authorityId);
  const locks = await ground.rows(sql<{ path: string }>`
    select item.path from investigator.recovery_lock lock
      join investigator.archive_set_lock held using (case_ref, lock_key)
      join investigator.archive_volume volume using (set_id) join investigator.item item using (item_id)
     where lock.authority_id = ${authorityId}`);
  expect(locks).toEqual([{ path: 'storage/other/b.zip' }]);
  expect((await decisions('attempt', 'no')).some(({ rule }) => rule === 'exclusion')).toBe(true);
  expect(only).toBeDefined();
});

test('revoking the authority stops a run at its next heartbeat and keeps nothing of the lease', {
  timeout: 60_000,
}, async () => {
  const source = await ground.addFolder('revoked', { 'a.7z': await fixture('7z-data.7z') });
  const authorityId = await ground.grant('open', [source]);
  await ground.read(source);
  await takeArchiveCensus(ground.deps, { caseRef });
  await ground.importWords(
    'long',
    Array.from({ length: 3000 }, (_, at) => `nothing-${at}`),
    3000,
  );
  const embedded = openEmbeddedEngine({ threads: 1 });
  let begun: () => void = () => undefined;
  const under = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const engine: RecoveryEngine = {
    ...embedded,
    run: (job, options) => embedded.run(job, { ...options, onProgress: ({ checks }) => checks > 40 && begun() }),
  };
  const running = runRecovery(ground.deps, { caseRef, authorityId, options: quick }, { engine });
  await under;
  await ground.revoke(authorityId);
  const outcome = await running;
  await embedded.close();
  expect(outcome).toMatchObject({ value: { state: 'ended', endedBecause: 'authority' } });
  const words = await ground.rows(sql<{ block: number }>`
    select block from investigator.recovery_attempt where authority_id = ${authorityId} and checks >= 3000`);
  expect(words).toEqual([]);
  expect(
    await ground.rows(sql`select holder from investigator.recovery_work where authority_id = ${authorityId}`),
  ).toEqual([{ holder: null }]);
  await sleep(0);
  expect(await runRecovery(ground.deps, { caseRef, authorityId, options: quick }, { engine })).toMatchObject({
    reason: { code: 'attempt-not-granted' },
  });
});

test('the ledger vouches for all of it', async () => {
  expect(await ground.findings()).toEqual([]);
});
