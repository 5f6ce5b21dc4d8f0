import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cosignerKey, formatAddCheckpoint, parseNote, signNote, verifyCosignatures } from '@tutela/ledger';
import { nodeHasher, nodeVerifier } from '@tutela/ledger/node';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHeadStore } from './head-store.js';
import { growLog, newSigner, openTestWitness } from './logs.test-support.js';
import { createWitness, type WitnessAnswer } from './witness.js';

const log = growLog(newSigner('agency.example/evidence'), 40);
const fork = growLog(log.signer, 40, 5);
let house: Awaited<ReturnType<typeof openTestWitness>>;
beforeEach(async () => {
  house = await openTestWitness([log.key]);
});
afterEach(() => rm(house.folder, { recursive: true }));

const submit = async (from: number, to: number, of = log): Promise<WitnessAnswer> =>
  house.witness.addCheckpoint(await of.request(from, to));

const codeOf = (answer: WitnessAnswer): string =>
  answer.kind === 'refused' ? answer.reason.code : answer.kind === 'elsewhere' ? `at ${answer.size}` : answer.kind;

describe('a witness', () => {
  test('cosigns each checkpoint that continues the last one, and its signature holds', async () => {
    let before = 0;
    for (const size of [0, 1, 2, 7, 8, 8, 21, 40]) {
      const answer = await submit(before, size);
      if (answer.kind !== 'cosigned') throw new Error(codeOf(answer));
      const { signer } = house.deps;
      const key = cosignerKey(nodeHasher, signer.name, signer.publicKey);
      const verdict = await verifyCosignatures(nodeVerifier, [key], (await log.head(size)) + answer.line);
      expect(verdict).toMatchObject({ value: [{ key }] });
      before = size;
    }
  });

  test('tells the size that it has cosigned to who starts from another', async () => {
    expect(codeOf(await submit(3, 9))).toBe('at 0');
    await submit(0, 9);
    for (const from of [0, 3, 9 + 1]) expect(codeOf(await submit(from, 12))).toBe('at 9');
  });

  test('refuses every other history, whatever is sent with it', async () => {
    await submit(0, 9);
    expect(codeOf(await submit(9, 12, fork))).toBe('inconsistent');
    expect(codeOf(await submit(9, 9, fork))).toBe('inconsistent');
    const none = formatAddCheckpoint({ oldSize: 9n, proof: [], checkpoint: await fork.head(12) });
    expect(codeOf(await house.witness.addCheckpoint(Buffer.from(none)))).toBe('inconsistent');
    const mixed = { oldSize: 9n, proof: await log.proof(9, 12), checkpoint: await fork.head(12) };
    expect(codeOf(await house.witness.addCheckpoint(Buffer.from(formatAddCheckpoint(mixed))))).toBe('inconsistent');
    expect(codeOf(await submit(9, 12))).toBe('cosigned');
  });

  test('keeps the first checkpoint that its log signed against its own history', async () => {
    await submit(0, 9);
    await submit(9, 12, fork);
    await submit(9, 13, fork);
    expect(await house.deps.heads.refused(log.key.name)).toBe(await fork.head(12));
  });

  test('has no proof from the empty tree, and no root of it but one', async () => {
    const proven = { oldSize: 0n, proof: await log.proof(4, 9), checkpoint: await log.head(9) };
    expect(codeOf(await house.witness.addCheckpoint(Buffer.from(formatAddCheckpoint(proven))))).toBe('inconsistent');
    const text = `${log.key.name}\n0\n${Buffer.alloc(32).toString('base64')}\n`;
    const checkpoint = await signNote(nodeHasher, text, [log.signer]);
    const empty = formatAddCheckpoint({ oldSize: 0n, proof: [], checkpoint });
    expect(codeOf(await house.witness.addCheckpoint(Buffer.from(empty)))).toBe('inconsistent');
  });

  test('knows no other log, and no other key of its log', async () => {
    const other = growLog(newSigner('other.example/log'), 5);
    expect(codeOf(await submit(0, 5, other))).toBe('unknown-log');
    const thief = growLog(newSigner(log.key.name), 5);
    expect(codeOf(await submit(0, 5, thief))).toBe('unsigned');
    const broken = (await log.request(0, 5)).toString().replace(/\n5\n/, '\n6\n');
    expect(codeOf(await house.witness.addCheckpoint(Buffer.from(broken)))).toBe('unsigned');
  });

  test('is not asked about a checkpoint before the old size', async () => {
    await submit(0, 9);
    expect(codeOf(await submit(9, 7))).toBe('malformed-request');
  });

  test('keeps of a checkpoint what was verified and its own signature, not what others wrote below', async () => {
    const stranger = newSigner('stranger.example/x');
    const parsed = parseNote(await log.head(9));
    const text = parsed.kind === 'done' ? parsed.value.text : '';
    const checkpoint = await signNote(nodeHasher, text, [stranger, log.signer]);
    const body = formatAddCheckpoint({ oldSize: 0n, proof: [], checkpoint });
    expect(codeOf(await house.witness.addCheckpoint(Buffer.from(body)))).toBe('cosigned');
    const kept = parseNote((await house.deps.heads.newest(log.key.name))?.note ?? '');
    expect(kept.kind === 'done' && kept.value.signatures.map(({ name }) => name)).toEqual([
      log.key.name,
      house.deps.signer.name,
    ]);
  });

  test('goes on from its folder after a new start, and clears old heads away', async () => {
    for (let size = 1; size <= 30; size++) await submit(size - 1, size);
    const again = createWitness({ ...house.deps, heads: openHeadStore(house.folder) });
    expect(codeOf(await again.addCheckpoint(await log.request(0, 31)))).toBe('at 30');
    const [own = ''] = await readdir(path.join(house.folder, 'heads'));
    const names = await readdir(path.join(house.folder, 'heads', own));
    expect(names.length).toBe(16);
    expect(names.sort().at(-1)).toBe('000000000030');
  });

  test('signs nothing of a log whose kept head is spoilt', async () => {
    await submit(0, 9);
    const [own = ''] = await readdir(path.join(house.folder, 'heads'));
    await writeFile(path.join(house.folder, 'heads', own, '000000000002'), '');
    await expect(submit(9, 12)).rejects.toMatchObject({ code: 'spoilt' });
  });
});

test('of any requests in any order, all that is cosigned is one history', async () => {
  const step = fc.record({ from: fc.nat({ max: 12 }), to: fc.nat({ max: 12 }), forked: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { witness, folder } = await openTestWitness([log.key]);
      let history: 'open' | 'own' | 'forked' = 'open';
      for (const { from, to, forked } of steps) {
        const answer = await witness.addCheckpoint(await (forked ? fork : log).request(from, to));
        // The two histories differ from leaf 5 on.
        if (answer.kind !== 'cosigned' || to <= 5) continue;
        const here = forked ? 'forked' : 'own';
        expect([here, 'open']).toContain(history);
        history = here;
      }
      await rm(folder, { recursive: true });
    }),
    { numRuns: 40 },
  );
});
