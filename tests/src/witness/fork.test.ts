import { openWitnessed, verifyWitnessedProof } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, nodeVerifier, signerFromPem } from '@tutela/ledger/node';
import {
  cosignedCheckpoint,
  getCosignedCheckpoint,
  newestWitnessed,
  proveEvent,
  readWitnessStates,
} from '@tutela/ledger/postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Log, openLog, openWitness, type RunningWitness } from './ground.js';

let log: Log;
let witness: RunningWitness;
let second: RunningWitness;
beforeEach(async () => {
  log = await openLog(signerFromPem('agency.example/evidence', newSigningKeyPem()));
  witness = await openWitness('witness.example/w1', [log.key]);
  second = await openWitness('oversight.example/w2', [log.key]);
});
afterEach(async () => {
  await Promise.all([witness.close(), second.close(), log.close()]);
});

const policyOf = (quorum: string) => ({
  logs: [{ key: log.key }],
  witnesses: [
    { name: 'w1', key: witness.key },
    { name: 'w2', key: second.key },
  ],
  groups: [{ name: 'both', threshold: 2, members: ['w1', 'w2'] }],
  quorum,
});

const cosigners = () => ({ cosignerKeys: [witness.key, second.key] });
const headOfWitness = async (): Promise<string> => {
  const answer = await getCosignedCheckpoint(witness.url, log.key.name);
  if (answer.kind !== 'done') throw new Error(answer.reason.message);
  return answer.value;
};

describe('a ledger with witnesses', () => {
  test('has each new head cosigned, from whatever size a witness has seen', async () => {
    for (const [from, to] of [
      [0, 1],
      [1, 4],
      [4, 5],
    ] as const) {
      await log.grow(from, to);
      expect(await log.submit(witness)).toBe(`cosigned ${to}`);
      expect(await log.submit(witness)).toBe('nothing-new');
    }
    expect(await log.submit(second)).toBe('cosigned 5');
    expect(await log.findings(cosigners())).toEqual([]);
    const both = await cosignedCheckpoint(log.db, 5n);
    expect(await openWitnessed(nodeVerifier, policyOf('both'), both?.note ?? '')).toMatchObject({ kind: 'done' });
  });

  test('tells how far each witness is behind', async () => {
    await log.grow(0, 3);
    await log.submit(witness);
    await log.grow(3, 10);
    expect(await readWitnessStates(log.db, [witness.key, second.key])).toMatchObject([
      { witness: 'witness.example/w1', signed: '3', behind: '7' },
      { witness: 'oversight.example/w2', behind: '10' },
    ]);
  });

  test('takes up a cosignature whose answer was lost', async () => {
    await log.grow(0, 3);
    await log.submit(witness);
    await log.tamper('delete from ledger.cosignature');
    expect(await log.submit(witness)).toBe('cosigned 3');
    await log.tamper('delete from ledger.cosignature');
    await log.grow(3, 8);
    expect(await log.submit(witness)).toBe('cosigned 8');
  });

  test('proves events under the head that most witnesses have seen, and finds the newest one of a quorum', async () => {
    const [id] = await log.grow(0, 3);
    await log.submit(witness);
    await log.submit(second);
    const [later] = await log.grow(3, 6);
    await log.submit(witness);
    await log.grow(6, 9);
    const proofOf = async (event: typeof id) => {
      const proven = event && (await proveEvent(log.db, event));
      if (proven?.kind !== 'done') throw new Error('no proof');
      return proven.value;
    };
    const trust = { hasher: nodeHasher, verifier: nodeVerifier };
    const early = await proofOf(id);
    expect(
      await verifyWitnessedProof({ ...trust, policy: policyOf('both') }, early.proof, Buffer.from(early.entry)),
    ).toMatchObject({ value: { index: 0n, checkpoint: { size: 3n }, cosignatures: { length: 2 } } });
    const late = await proofOf(later);
    const lateBytes = Buffer.from(late.entry);
    expect(await verifyWitnessedProof({ ...trust, policy: policyOf('w1') }, late.proof, lateBytes)).toMatchObject({
      value: { index: 3n, checkpoint: { size: 6n } },
    });
    expect(await verifyWitnessedProof({ ...trust, policy: policyOf('both') }, late.proof, lateBytes)).toMatchObject({
      reason: { code: 'no-quorum' },
    });
    expect((await newestWitnessed(log.db, policyOf('both')))?.size).toBe(3n);
    expect((await newestWitnessed(log.db, policyOf('w1')))?.size).toBe(6n);
  });
});

describe('a forked ledger, under the same key', () => {
  let fork: Log;
  beforeEach(async () => {
    await log.grow(0, 10);
    await log.submit(witness);
    fork = await openLog(log.signer);
  });
  afterEach(() => fork.close());

  test.each([
    ['shorter', 4, 'witness-has-more'],
    ['as long', 10, 'proof-refused'],
    ['longer', 15, 'proof-refused'],
  ] as const)('is refused by the witness and named by the check when it is %s', async (_, size, why) => {
    await fork.grow(100, 100 + size);
    expect(await fork.submit(witness)).toBe('fork');
    expect(await fork.findings(cosigners())).toMatchObject([
      { kind: 'fork', witness: witness.key.name, size: String(size), why, witnessSize: '10' },
    ]);
    const kept = await witness.heads.refused(log.key.name);
    expect(kept === undefined).toBe(size < 10);
    if (kept !== undefined) expect(kept).toContain(`\n${size}\n`);
    // The alarm stays, and the true ledger goes on.
    await fork.grow(200, 220);
    expect(await fork.submit(witness)).toBe('fork');
    await log.grow(10, 12);
    expect(await log.submit(witness)).toBe('cosigned 12');
    expect(await log.findings(cosigners())).toEqual([]);
  });
});

describe('a tail that the owner of the database cut off, heads and cosignatures with it', () => {
  /** Everything of leaf 5 and later goes, and the rows that told of it: what is left fits together. */
  const cut = `
    delete from desk.thing where id in (select (row_key::jsonb ->> 'id')::bigint from ledger.effect
      join ledger.leaf using (event_id) where index >= 5);
    delete from ledger.event where id in (select event_id from ledger.leaf where index >= 5);
    delete from ledger.opening where event_id not in (select id from ledger.event);
    delete from ledger.effect where event_id not in (select id from ledger.event);
    delete from ledger.leaf where index >= 5;
    delete from ledger.checkpoint where size > 5;
    delete from ledger.cosignature where size > 5`;
  beforeEach(async () => {
    await log.grow(0, 5);
    await log.submit(witness);
    await log.grow(5, 10);
    await log.submit(witness);
    await log.tamper(cut);
    expect(await log.findings(cosigners())).toEqual([]);
  });

  test('is seen at once by asking the witness', async () => {
    expect(await log.findings({ headsKeptElsewhere: [await headOfWitness()] })).toMatchObject([
      { kind: 'head-not-in-log', size: '10', why: 'the log is shorter' },
    ]);
  });

  test.each([
    ['shorter than before', 7, 'witness-has-more'],
    ['longer than before', 14, 'proof-refused'],
  ] as const)('is found when the ledger goes on and is %s', async (_, size, why) => {
    await log.grow(50, 50 + size - 5);
    expect(await log.submit(witness)).toBe('fork');
    expect(await log.findings(cosigners())).toMatchObject([
      { kind: 'fork', size: String(size), why, witnessSize: '10' },
    ]);
    // Who deletes the alarm is found by its event, and who deletes that too by the witness.
    await log.tamper('delete from ledger.fork_alarm');
    expect(await log.findings(cosigners())).toMatchObject([{ kind: 'row-missing', table: 'ledger.fork_alarm' }]);
    await log.tamper(`
      delete from ledger.event where entry like '%fork-alarm%';
      delete from ledger.opening where event_id not in (select id from ledger.event);
      delete from ledger.effect where event_id not in (select id from ledger.event)`);
    expect(await log.findings({ ...cosigners(), headsKeptElsewhere: [await headOfWitness()] })).toMatchObject([
      { kind: 'head-not-in-log', size: '10' },
    ]);
  });

  test('is found by the cosignatures when those were left', async () => {
    await log.tamper(`insert into ledger.cosignature values (10, 'witness.example/w1', '\\x01020304', 'line', now())`);
    expect(await log.findings(cosigners())).toMatchObject([{ kind: 'cosignature-of-no-head', size: '10' }]);
  });
});

test('a witness that lost its memory is sent everything again; another one under its name is not taken for it', async () => {
  const pem = newSigningKeyPem();
  const forgetful = await openWitness('forgetful.example/w', [log.key], pem);
  await log.grow(0, 5);
  expect(await log.submit(forgetful)).toBe('cosigned 5');
  await forgetful.close();
  await log.grow(5, 8);
  const again = await openWitness('forgetful.example/w', [log.key], pem);
  expect(await log.submit(again)).toBe('cosigned 8');
  await again.close();
  await log.grow(8, 9);
  const impostor = await openWitness('forgetful.example/w', [log.key]);
  expect(await log.submit({ ...impostor, key: forgetful.key })).toBe('not-cosigned');
  await impostor.close();
});
