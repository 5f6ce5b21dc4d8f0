import { followList } from '@tutela/hashlist';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, entryOf, heldInMemory, type ListWorld, openListWorld, value } from '../open-list.test-support.js';
import { waitingCandidates } from '../queries/candidates.js';
import { shownEntries, waitingBatches } from '../queries/entries.js';
import { type Classifier, noteVerdict, receiveCandidate } from './candidates.js';
import { propose } from './propose.js';
import { traceCanaries } from './trace.js';
import { listApproved, vouch } from './vouch.js';
import { withdraw } from './withdraw.js';

let world: ListWorld;
beforeAll(async () => {
  world = await openListWorld();
}, 60_000);
afterAll(() => world.close());

const putUp = async (number: number) =>
  value(await propose(world.deps, { list: world.list, by: world.people.clerk.id, entries: [entryOf(number)] }));
const word = async (who: keyof ListWorld['people'], digest: Parameters<typeof world.people.ann.approval>[0]) =>
  vouch(world.deps, await world.people[who].approval(digest, world.clock.now()));
const stateOf = async (batch: Awaited<ReturnType<typeof putUp>>['batch']) =>
  (await shownEntries(world.db, { list: world.list, limit: 1, batch }))[0]?.state;

describe('an entry', () => {
  test('is proposed, vouched for once, listed by the second signature, and withdrawn by one person', async () => {
    const { batch, digest } = await putUp(1);
    expect(await stateOf(batch)).toBe('proposed');
    expect(value(await word('ann', digest)).state).toBe('vouched-once');
    expect(await stateOf(batch)).toBe('vouched-once');
    expect((await waitingBatches(world.db, world.list, world.clock.now()))[0]).toMatchObject({ vouched_by: ['ann'] });
    expect(value(await word('bob', digest)).state).toBe('listed');
    expect(await stateOf(batch)).toBe('listed');
    const [entry] = await shownEntries(world.db, { list: world.list, limit: 1, batch });
    if (entry === undefined) throw new Error('no entry');
    const taken = { list: world.list, entries: [entry.entry_id], by: 'ann' };
    expect(codeOf(await withdraw(world.deps, { ...taken, reason: ' ' }))).toBe('no-reason');
    expect(codeOf(await withdraw(world.deps, { ...taken, reason: 'a medical picture' }))).toBe('done');
    expect(codeOf(await withdraw(world.deps, { ...taken, reason: 'again' }))).toBe('unknown-entry');
    expect(await stateOf(batch)).toBe('withdrawn');
  });

  test('is not listed by one person twice, by two of one organisation, by its proposer, or by a stranger', async () => {
    const { batch, digest } = await putUp(2);
    expect(codeOf(await word('ann', digest))).toBe('done');
    expect(codeOf(await word('ann', digest))).toBe('same-organisation');
    expect(codeOf(await word('eve', digest))).toBe('same-organisation');
    expect(codeOf(await word('clerk', digest))).toBe('no-reviewer');
    const forged = { ...(await world.people.ann.approval(digest, world.clock.now())), person: world.people.bob.id };
    expect(codeOf(await vouch(world.deps, forged))).not.toBe('done');
    expect(await stateOf(batch)).toBe('vouched-once');
  });

  test('that was signed at the page for approvals is listed with the next round', async () => {
    const { batch, digest } = await putUp(3);
    await world.approveElsewhere(digest, 'ann');
    await world.approveElsewhere(digest, 'bob');
    expect(await stateOf(batch)).toBe('vouched-once');
    expect(await listApproved(world.deps)).toBe(1);
    expect(await listApproved(world.deps)).toBe(0);
    expect(await stateOf(batch)).toBe('listed');
  });

  test.each([
    ['no MD5', { fingerprints: { MD5: 'A'.repeat(32) } }, 'malformed-fingerprint'],
    ['nothing that the exchange carries', { fingerprints: { SHA256: 'a'.repeat(64) } }, 'no-fingerprint'],
    ['an invented category', { category: 'Protest' }, 'unknown-category'],
    ['a classification of two lines', { classification: 'A1\nA2' }, 'unwritable-text'],
  ])('with %s is refused', async (_, wrong, code) => {
    const entries = [entryOf(4, wrong)];
    expect(codeOf(await propose(world.deps, { list: world.list, by: world.people.clerk.id, entries }))).toBe(code);
  });
});

describe('unknown material', () => {
  const sure: Classifier = {
    name: 'invented',
    version: '1',
    classify: async () => ({ kind: 'done', value: { label: 'csam', score: 1 } }),
  };

  test("a classifier's verdict alone lists and files nothing", async () => {
    const origin = { kind: 'hotline', ref: 'url report 7' } as const;
    const before = await world.counts();
    const { fingerprints } = entryOf(5);
    const asked = { list: world.list, media: 'image', fingerprints, origin, by: 'ann' } as const;
    const id = value(await receiveCandidate(world.deps, asked));
    value(await noteVerdict(world.deps, sure, id));
    await listApproved(world.deps);
    expect(await world.counts()).toEqual(before);
    expect(await waitingCandidates(world.db, world.list, 10)).toMatchObject([
      { candidate_id: id, verdicts: [{ classifier: 'invented', label: 'csam', score: 1 }] },
    ]);
  });

  test('becomes known when two reviewers sign for it', async () => {
    const [candidate] = await waitingCandidates(world.db, world.list, 10);
    if (candidate === undefined) throw new Error('nothing waits');
    const entries = [entryOf(5, { candidate: candidate.candidate_id })];
    const asked = { list: world.list, by: world.people.clerk.id, entries };
    const { digest, batch } = value(await propose(world.deps, asked));
    expect(codeOf(await propose(world.deps, asked))).toBe('candidate-taken');
    await world.sign2(digest);
    expect(await stateOf(batch)).toBe('listed');
    expect(await waitingCandidates(world.db, world.list, 10)).toEqual([]);
  });
});

describe('canaries', () => {
  test('are one recipient’s alone, look like the others, and name who leaked', async () => {
    const [one, two] = [await world.admit('one'), await world.admit('two')];
    world.clock.pass(60_000);
    const [mine, theirs] = [heldInMemory(), heldInMemory()];
    value(await followList({ client: one.client, held: mine.held, clock: world.clock }));
    value(await followList({ client: two.client, held: theirs.held, clock: world.clock }));
    const shared = new Set(theirs.shared().map(({ id }) => id));
    const own = mine.shared().filter(({ id }) => !shared.has(id));
    expect(own.length).toBe(4);
    const real = await shownEntries(world.db, { list: world.list, limit: 100 });
    for (const canary of own) {
      if (canary.kind !== 'shared') continue;
      expect(Object.keys(canary.fingerprints).sort()).toEqual(['MD5', 'PDQ', 'SHA1']);
      for (const { fingerprints } of real)
        expect(distance(canary.fingerprints.PDQ ?? '', fingerprints.PDQ ?? '')).toBeGreaterThan(31);
    }
    const leaked = mine.shared().flatMap((entry) => (entry.kind === 'shared' ? Object.values(entry.fingerprints) : []));
    expect(await traceCanaries(world.deps, { hashes: leaked, by: 'ann' })).toEqual([
      { member: one.member, name: 'Platform one', list: world.list, canaries: 4 },
    ]);
    expect(await traceCanaries(world.deps, { hashes: [real[0]?.fingerprints.MD5 ?? ''], by: 'ann' })).toEqual([]);
    expect(real.some(({ entry_id }) => own.some(({ id }) => id === entry_id))).toBe(false);
  });

  test('every row of it all is vouched for by the ledger', async () => {
    expect(await world.findings()).toEqual([]);
  });
});

/** Bits that differ. */
const distance = (one: string, other: string): number => {
  const bits = (BigInt(`0x0${one}`) ^ BigInt(`0x0${other}`)).toString(2);
  return bits.split('1').length - 1;
};
