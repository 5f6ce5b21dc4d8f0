import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fromHex, systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { checkOpening, cosign, cosignerKey, type LogPolicy, parseNote } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { appendEvents } from '@tutela/ledger/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minimalCase } from '../material/sample-case.test-support.js';
import { contentOf, openPackageGround, type PackageGround, value } from '../package/package-ground.test-support.js';
import { writePackage } from '../package/write-package.js';
import { noTrust } from '../verify/index.js';
import { verifyPath } from '../verify/node/index.js';

let ground: PackageGround;
beforeAll(async () => {
  ground = await openPackageGround();
});
afterAll(() => ground.close());

const caseNamed = (ref: string) => ({ ...minimalCase(), case: { ...minimalCase().case, ref } });

describe('witnesses', () => {
  const witness = signerFromPem('witness.example/w1', newSigningKeyPem());
  const key = cosignerKey(nodeHasher, witness.name, witness.publicKey);
  const policy = (): LogPolicy => ({ ...ground.policy, witnesses: [{ name: 'w1', key }], quorum: 'w1' });

  /** Does once what a witness does that the node sends its newest head to. */
  const witnessNewest = async (): Promise<void> => {
    const { rows } = await sql<{ size: string; note: string }>`
      select size::text as size, note from ledger.checkpoint order by checkpoint.size desc limit 1`.execute(ground.db);
    const [head] = rows;
    const parsed = parseNote(head?.note ?? '');
    if (head === undefined || parsed.kind !== 'done') return;
    const seconds = BigInt(Math.floor(Date.now() / 1000));
    const line = await cosign(nodeHasher, witness, parsed.value.text, seconds);
    await sql`insert into ledger.cosignature (size, witness, key_id, line, at)
      values (${head.size}::bigint, ${witness.name}, ${key.id}, ${line}, now()) on conflict do nothing`.execute(
      ground.db,
    );
  };

  test('that sign in time are the quorum of the package', async () => {
    const material = caseNamed('case-witnessed');
    const request = await ground.request(contentOf(material, 'package-witnessed'));
    const waits = { checkpoint: 20_000, witnesses: 20_000, timeAuthority: 100 };
    const wake = () => void ground.sequenceAll().then(witnessNewest);
    const deps = ground.deps({}, { policy: policy(), waits, wake });
    const written = value(await writePackage(deps, material, request));
    expect(written.missing.map(({ what }) => what)).toEqual(['time-stamp']);
    const report = await verifyPath(written.folder, { ...noTrust, logKeys: [ground.key], witnessKeys: [key] });
    expect(report.faults.map(({ kind }) => kind)).toEqual(['timestamp']);
    expect(await readFile(path.join(written.folder, 'data/ledger/policy'), 'utf8')).toContain('quorum w1');
  });

  test('that do not are named as missing, and the check of the package says so', async () => {
    const material = caseNamed('case-unwitnessed');
    const request = await ground.request(contentOf(material, 'package-unwitnessed'));
    const written = value(await writePackage(ground.deps({}, { policy: policy() }), material, request));
    expect(written.missing).toContainEqual({
      what: 'witness-quorum',
      why: 'the quorum w1 is not reached; no witness has signed in time',
    });
    const report = await verifyPath(written.folder, { ...noTrust, logKeys: [ground.key] });
    expect(report.faults.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['quorum', 'timestamp']));
  });
});

/** Events of the case; as many others lie between them. 1,000,000 in all with TUTELA_LONG=1. */
const manyEvents = process.env.TUTELA_LONG === '1' ? 500_000 : 1500;

test(`a history of ${manyEvents} events is written whole`, { timeout: 1_800_000 }, async () => {
  const caseRef = 'case-long';
  const material = caseNamed(caseRef);
  const event = { type: 'case.acted', actor: 'staff-4', at: systemClock.now(), subjects: ['thing'], effects: [] };
  for (let left = manyEvents; left > 0; left -= 2500) {
    const events = Array.from({ length: Math.min(left, 2500) * 2 }, (_, at) =>
      at % 2 === 0 ? { ...event, payload: { at, in: 'the case' }, caseRef } : { ...event, payload: { at } },
    );
    await inTransaction(ground.db, (tx) => appendEvents(tx, events));
    await ground.sequenceAll();
  }
  const request = await ground.request(contentOf(material, 'package-long'));
  const waits = { checkpoint: 60_000, witnesses: 0, timeAuthority: 0 };
  const written = value(await writePackage(ground.deps({}, { waits }), material, request));
  const report = await verifyPath(written.folder, { ...noTrust, logKeys: [ground.key] });
  expect(report.faults.map(({ kind }) => kind)).toEqual(['timestamp']);
  const text = await readFile(path.join(written.folder, 'data/ledger/events.jsonl'), 'utf8');
  const lines = text.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(manyEvents);
  const { entry, opening } = JSON.parse(lines[manyEvents - 1] as string) as {
    readonly entry: { readonly commitment: string };
    readonly opening: { readonly key: string; readonly payload: Record<string, never> };
  };
  const opened = { key: fromHex(opening.key) as Uint8Array, payload: opening.payload };
  expect(checkOpening(nodeHasher, entry.commitment, opened)).toBe('opens');
});
