import { randomUUID } from 'node:crypto';
import { newId, systemClock } from '@tutela/core';
import { nearBits } from '@tutela/fingerprint';
import type { AuthorityId } from '@tutela/policy';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPass } from '../seizure/passes.js';
import { replaceItems } from '../seizure/queries/items.js';
import type { SourceId, UnitId } from '../seizure/schema.js';
import { by, value } from '../seizure/seizure.test-support.js';
import { addSource } from '../seizure/sources.js';
import { countStacks, windowOfStacks } from '../service/queries/stacks.js';
import { type FingerprintGround, openFingerprintGround } from './fingerprint.test-support.js';
import { insertPictures } from './queries/pictures.js';
import { endRun, insertRun, insertUnit, sealUnit } from './queries/runs.js';
import type { FingerprintRunId } from './schema.js';
import { stackLookAlikes } from './stack-look-alikes.js';
import { distanceUpTo, type SyntheticLook, syntheticLooks } from './synthetic-looks.test-support.js';

/** TUTELA_LONG stacks as many as a large seizure has, and prints what it took. */
const isLong = process.env.TUTELA_LONG !== undefined;
const count = isLong ? 100_000 : 2000;
const sampled = 300;

let ground: FingerprintGround;
beforeAll(async () => {
  ground = await openFingerprintGround();
});
afterAll(() => ground.close());

const tell = (line: string): void => {
  if (isLong) process.stderr.write(`${line}\n`);
};

const timed = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const result = await act();
  const { user, system } = process.cpuUsage(before);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  tell(`${what}: ${seconds} s, of this process ${((user + system) / 1e6).toFixed(1)} s`);
  return result;
};

/** A source with a unit in which nothing was read. */
const emptyUnit = async (ref: string): Promise<{ readonly sourceId: SourceId; readonly unitId: UnitId }> => {
  const locator = await ground.write(ref, { 'one.txt': Buffer.from('one') });
  const given = { caseRef: ref, exhibit: '3', kind: 'folder', locator } as const;
  const { source_id: sourceId } = value(await addSource(ground.deps(), given, by()));
  value(await startPass(ground.deps(), sourceId, by()));
  const { rows } = await sql<{ unit_id: UnitId }>`
    select unit_id from investigator.unit where source_id = ${sourceId}`.execute(ground.database.db);
  return { sourceId, unitId: rows[0]?.unit_id ?? ('' as UnitId) };
};

/** Writes the looks as a run that has ended, in this order. */
const seen = async (ref: string, looks: readonly SyntheticLook[]): Promise<FingerprintRunId> => {
  await ground.openOther(ref);
  const authority = (await ground.authorise({ caseRef: ref })) as AuthorityId;
  const { sourceId, unitId } = await emptyUnit(ref);
  const [runId, pictures, decision] = [newId<FingerprintRunId>(), randomUUID(), randomUUID()];
  const at = systemClock.now();
  const items = looks.map(({ sha256, size }) => ({
    extents: [],
    row: {
      case_ref: ref,
      source_id: sourceId,
      unit_id: unitId,
      path: sha256,
      path_sha256: sha256,
      size,
      sha256,
      file_class: 'picture' as const,
      state: 'digested' as const,
      authority_id: authority,
      decision_id: decision,
    },
  }));
  const looked = looks.map(({ sha256, pdq, turned }) => ({
    authorityId: authority,
    sha256,
    look: {
      outcome: 'decoded',
      pdq: { hash: pdq, quality: 90 },
      turned,
      integrity: 'whole',
      decodedBy: 'none',
    } as const,
  }));
  await ground.act(async (tx) => {
    await replaceItems(tx, { unitId, attempt: 0, extentBytes: 1 }, items);
    const run = { runId, caseRef: ref, bounds: [''], contents: looks.length, startedAt: at, startedBy: 'staff-1' };
    await insertRun(tx, run);
    const counts = { items: looks.length, refused: 0, contents: looks.length, decoded: looks.length, milliseconds: 0 };
    const unit = { unitId: pictures, runId, caseRef: ref, place: 0, state: 'done', reason: null } as const;
    await insertUnit(tx, { ...unit, ...counts, finishedAt: at });
    await insertPictures(tx, { unitId: pictures, caseRef: ref }, looked);
    await sealUnit(tx, pictures);
    await endRun(tx, runId, at);
  });
  return runId;
};

const wordsOf = (hashes: readonly Buffer[]): Uint32Array => {
  const bytes = Uint8Array.from(Buffer.concat(hashes));
  return new Uint32Array(bytes.buffer);
};

/** Where a content belongs, when it is compared with every leader in each of its ways. */
const nearestLeader = (pdq: Uint32Array, leaders: readonly number[], ways: Uint32Array) => {
  let best = { leader: -1, distance: nearBits + 1 };
  for (const [place, leader] of leaders.entries())
    for (let way = 0; way < 8; way++) {
      const distance = distanceUpTo(pdq, 0, ways, (place * 8 + way) * 8, best.distance - 1);
      if (distance < best.distance) best = { leader, distance };
    }
  return best;
};

test(`${count} pictures are stacked as when each is compared with every leader, in whatever order they came`, async () => {
  const { db } = ground.database;
  const looks = syntheticLooks(count);
  const deps = { db, clock: systemClock };
  const run = await seen('forwards', looks);
  await timed(`stacking ${count} contents`, () => stackLookAlikes(deps, run));
  const other = await seen('backwards', looks.toReversed());
  await stackLookAlikes(deps, other);
  const stacked = await sql<{ digest: string; stacks: number; members: number }>`
    select rows_sha256 as digest, stacks::int, members::int from investigator.stacking order by case_ref`.execute(db);
  const [one, again] = stacked.rows;
  expect(one).toEqual(again);

  const { rows } = await sql<{ sha256: string; leader: string; distance: number }>`
    select sha256, leader_sha256 as leader, distance from investigator.look_alike where case_ref = 'forwards'`.execute(
    db,
  );
  const rowOf = new Map(rows.map((row) => [row.sha256, row]));
  const inOrder = looks.toSorted((a, b) => b.size - a.size || (a.sha256 < b.sha256 ? -1 : 1));
  const leads = ({ sha256 }: SyntheticLook) => (rowOf.get(sha256)?.leader ?? sha256) === sha256;
  const leaders = [...inOrder.keys()].filter((place) => leads(inOrder[place]!));
  const ways = wordsOf(leaders.flatMap((place) => [inOrder[place]!.pdq, inOrder[place]!.turned]));
  for (let at = 0; at < sampled; at++) {
    const place = Math.floor((at * count) / sampled);
    const look = inOrder[place]!;
    const pdq = wordsOf([look.pdq]);
    if (leads(look)) {
      const before = leaders.filter((leader) => leader < place);
      expect(nearestLeader(pdq, before, ways).leader).toBe(-1);
      continue;
    }
    const { leader, distance } = nearestLeader(pdq, leaders, ways);
    expect(rowOf.get(look.sha256)).toMatchObject({ leader: inOrder[leader]?.sha256, distance });
  }

  const filter = { caseRef: 'forwards', least: 1, kind: 'near' } as const;
  const stretch = { direction: 'down' as const, past: undefined, skip: 0, limit: 50 };
  const page = await timed('first page of near stacks', () => windowOfStacks(db, filter, stretch));
  expect(page).toHaveLength(50);
  expect(await timed('counting near stacks', () => countStacks(db, filter))).toBe(one?.stacks);
  tell(`${one?.stacks} stacks, ${one?.members} contents in them, ${leaders.length} leaders`);
}, 1_800_000);
