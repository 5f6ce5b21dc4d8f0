import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '@tutela/core';
import { followList } from '@tutela/hashlist';
import {
  compareVersions,
  type ListVersion,
  statementOf,
  type VersionTrust,
  verifyHeld,
  verifyVersion,
  verifyVouchers,
} from '@tutela/hashlist/transparent';
import { cosignerKey, type LogPolicy } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, nodeVerifier, signerFromPem } from '@tutela/ledger/node';
import { submitHead } from '@tutela/ledger/postgres';
import { createWitness, createWitnessServer, openHeadStore } from '@tutela/witness';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withdraw } from '../curate/withdraw.js';
import { codeOf, entryOf, heldInMemory, type ListWorld, openListWorld, value } from '../open-list.test-support.js';
import { servedEntries } from '../queries/entries.js';
import { publishVersion } from './publish.js';

const witnessSigner = signerFromPem('witness.example/w1', newSigningKeyPem());
const witnessKey = cosignerKey(nodeHasher, witnessSigner.name, witnessSigner.publicKey);
const ledgerPem = newSigningKeyPem();

let world: ListWorld;
let folder: string;
let witness: ReturnType<typeof createWitnessServer>;
let witnessUrl: string;
let trust: VersionTrust;
beforeAll(async () => {
  world = await openListWorld({ ledgerPem });
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-list-witness-'));
  const deps = {
    signer: witnessSigner,
    heads: openHeadStore(folder),
    logs: async () => [world.key],
    clock: systemClock,
  };
  witness = createWitnessServer({ ...deps, witness: createWitness(deps) });
  witnessUrl = `${await witness.listen({ host: '127.0.0.1', port: 0 })}/`;
  const policy: LogPolicy = {
    logs: [{ key: world.key }],
    witnesses: [{ name: 'w1', key: witnessKey }],
    groups: [],
    quorum: 'w1',
  };
  trust = { hasher: nodeHasher, verifier: nodeVerifier, policy };
  await world.putOn(Array.from({ length: 40 }, (_, at) => entryOf(at)));
}, 60_000);
afterAll(async () => {
  await witness.close();
  await world.close();
  await rm(folder, { recursive: true });
});

type Member = Awaited<ReturnType<ListWorld['admit']>>;

const witnessed = async (of = world) => {
  await of.sequence();
  return await submitHead(of.db, { key: witnessKey, url: witnessUrl }, { clock: systemClock });
};
const publish = async (of = world): Promise<ListVersion> => {
  of.clock.pass(60_000);
  return value(await publishVersion(of.deps, of.list, 'ann'));
};
const holdingsOf = async ({ client, proofs }: Member, of = world) => {
  of.clock.pass(60_000);
  const kept = heldInMemory();
  value(await followList({ client, held: kept.held, clock: of.clock }));
  const commitments = value(await proofs.commitments('latest'));
  return { entries: kept.entries(), openings: value(await proofs.openings()), commitments };
};
const versionOf = async ({ proofs }: Member) =>
  value(await verifyVersion(trust, value(await proofs.version('latest'))));

describe('two members', () => {
  let one: Member;
  let two: Member;
  beforeAll(async () => {
    [one, two] = [await world.admit('one'), await world.admit('two')];
    value(await witnessed());
  });

  test('hold the same version, and each that what it holds is that version', async () => {
    const [mine, theirs] = [await versionOf(one), await versionOf(two)];
    expect(compareVersions(mine.version, theirs.version)).toBe('same');
    expect(mine.witnesses).toEqual(['witness.example/w1']);
    expect(mine.version).toMatchObject({ version: 2, size: 48, recipients: 2, canariesEach: 4 });
    for (const member of [one, two]) {
      const verdict = verifyHeld(nodeHasher, mine.version, await holdingsOf(member));
      expect(verdict).toEqual({ kind: 'matches', opened: 44, strangers: [], missing: 0, newer: 0 });
    }
  });

  test('find one entry too few, one too many, and one that was changed', async () => {
    const { version } = await versionOf(one);
    const held = await holdingsOf(one);
    const [first, ...rest] = held.entries;
    if (first?.kind !== 'shared') throw new Error('no entry');
    expect(verifyHeld(nodeHasher, version, { ...held, entries: rest })).toMatchObject({ kind: 'differs', missing: 1 });
    const changed = { ...first, classification: 'B2' };
    const name = `${first.member.id}/${first.id}`;
    expect(verifyHeld(nodeHasher, version, { ...held, entries: [changed, ...rest] })).toMatchObject({
      kind: 'differs',
      strangers: [name],
    });
    const added = { ...first, id: 'another' };
    expect(verifyHeld(nodeHasher, version, { ...held, entries: [...held.entries, added] })).toMatchObject({
      kind: 'differs',
      strangers: [`${first.member.id}/another`],
    });
    const fewer = held.commitments.slice(1);
    expect(verifyHeld(nodeHasher, version, { ...held, commitments: fewer }).kind).toBe('differs');
  });

  test('verify that an entry has its two vouchers, and cannot tell a canary by them', async () => {
    for (const entry of (await holdingsOf(one)).entries) {
      if (entry.kind !== 'shared') continue;
      const vouchers = value(await one.proofs.vouchers({ member: entry.member.id, id: entry.id }));
      const statement = statementOf(world.list, entry, vouchers.opening);
      expect(value(await verifyVouchers(nodeHasher, statement, vouchers)).reviewers).toEqual([
        { person: 'ann', organisation: 'Hotline A' },
        { person: 'bob', organisation: 'Hotline B' },
      ]);
      expect(JSON.stringify(vouchers)).not.toMatch(/canary|Reviewer ann/);
      const other = { ...statement, classification: 'B2' };
      expect(codeOf(await verifyVouchers(nodeHasher, other, vouchers))).toBe('not-in-set');
      const alone = { ...vouchers, approvals: vouchers.approvals.slice(1) };
      expect(codeOf(await verifyVouchers(nodeHasher, statement, alone))).toBe('signatures');
      const sameHouse = {
        ...vouchers,
        request: { ...vouchers.request, content: { ...vouchers.request.content, rule: 'two-reviewers' } },
      };
      expect(codeOf(await verifyVouchers(nodeHasher, statement, sameHouse))).toBe('signatures');
    }
  });

  test('still match after a withdrawal that no version holds yet', async () => {
    const [gone] = await servedEntries(world.db, { list: world.list, limit: 1 });
    if (gone === undefined) throw new Error('no entry');
    value(await withdraw(world.deps, { list: world.list, entries: [gone.entry_id], reason: 'a beach', by: 'ann' }));
    const { version } = await versionOf(one);
    expect(verifyHeld(nodeHasher, version, await holdingsOf(one))).toMatchObject({ kind: 'matches', newer: 1 });
    const next = await publish();
    expect(next).toMatchObject({ version: 3, size: 47, previous: version.root });
    expect(verifyHeld(nodeHasher, next, await holdingsOf(two))).toMatchObject({ kind: 'matches', newer: 0 });
    expect(codeOf(await publishVersion(world.deps, world.list, 'ann'))).toBe('unchanged');
  });

  test('a version whose contents were changed is not believed', async () => {
    value(await witnessed());
    const published = value(await one.proofs.version('latest'));
    const payload = published.opening.payload.payload as Record<string, never>;
    const forged = {
      ...published,
      opening: { ...published.opening, payload: { ...published.opening.payload, payload: { ...payload, size: 1 } } },
    };
    expect(codeOf(await verifyVersion(trust, forged))).toBe('opening-differs');
    expect(codeOf(await verifyVersion(trust, { ...published, entry: `${published.entry} ` }))).toBe('not-proven');
  });

  test('an outsider learns nothing from the tree: a commitment is under a key of its own', async () => {
    const { rows } = await sql<{ keys: number; commitments: number }>`
      select count(distinct commitment_key)::int as keys, count(distinct commitment)::int as commitments
        from clearinghouse.list_entry`.execute(world.db);
    expect(rows[0]?.keys).toBe(rows[0]?.commitments);
    const again = await world.putOn([entryOf(0)]);
    const { rows: same } = await sql<{ commitments: number }>`
      select count(distinct commitment)::int as commitments from clearinghouse.list_entry
       where fingerprints->>'MD5' = ${entryOf(0).fingerprints.MD5}`.execute(world.db);
    expect(again.size).toBe(1);
    expect(same[0]?.commitments).toBe(2);
  });

  test('a clearinghouse that shows another list to one of them is found by the witness', async () => {
    const fork = await openListWorld({ ledgerPem });
    try {
      await fork.putOn(Array.from({ length: 39 }, (_, at) => entryOf(at)));
      const other = await fork.admit('two');
      for (let at = 0; at < 8; at++) await fork.putOn([entryOf(100 + at)]);
      const shown = await publish(fork);
      const refusedThere = await witnessed(fork);
      expect(refusedThere.kind).not.toBe('done');
      // Signed by the clearinghouse and all: without the witness nobody could tell.
      const published = value(await other.proofs.version('latest'));
      const unwitnessed = { ...trust, policy: { ...trust.policy, quorum: 'none' } };
      expect(value(await verifyVersion(unwitnessed, published)).version).toEqual(shown);
      expect(await verifyVersion(trust, published)).toMatchObject({ kind: 'refused', reason: { code: 'not-proven' } });
      // And two members who compare find it without any witness.
      const mine = value(await verifyVersion(unwitnessed, value(await one.proofs.version(2))));
      expect(compareVersions(mine.version, shown)).toBe('forked');
    } finally {
      await fork.close();
    }
  }, 60_000);
});
