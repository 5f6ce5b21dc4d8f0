import { execFile, spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { toHex } from '@tutela/core';
import { formatVerifierKey } from '@tutela/ledger';
import { checkLedger } from '@tutela/ledger/postgres';
import { policyCoveredTables } from '@tutela/policy/postgres';
import { opensslAtHand, openTimeAuthority } from '@tutela/testkit';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageTar, packageZip } from '../bag/serialise.js';
import type { Contents } from '../format/index.js';
import { itemOf, minimalCase, richCase } from '../material/sample-case.test-support.js';
import { evidenceCoveredTables } from '../postgres/migrations.js';
import { noTrust } from '../verify/index.js';
import { verifyPath } from '../verify/node/index.js';
import { type EventSummary, eventsOf } from './events.test-support.js';
import { contentOf, openPackageGround, type PackageGround, value } from './package-ground.test-support.js';
import { writePackage } from './write-package.js';

const run = promisify(execFile);

let ground: PackageGround;
let authority: Awaited<ReturnType<typeof openTimeAuthority>> | undefined;
beforeAll(async () => {
  ground = await openPackageGround();
  authority = opensslAtHand === 'missing' ? undefined : await openTimeAuthority({ name: 'First' });
  const exclusions = [{ id: 'item-9', reason: 'outside of the period of the warrant' }];
  rich = await richPackage('package-rich', { exclusions });
});
afterAll(async () => {
  await authority?.close();
  await ground.close();
});

const authorities = () =>
  authority === undefined ? [] : [{ name: 'First time', url: authority.url, roots: authority.roots }];

const trust = () => ({
  ...noTrust,
  logKeys: [ground.key],
  timeRoots: authority === undefined ? [] : [authority.roots],
});

/** A package of the rich case, stamped where a time authority can be had. */
const richPackage = async (name: string, more: Parameters<typeof contentOf>[2] = {}) => {
  const material = await richCase();
  await ground.happen(material.case.ref, 3);
  const request = await ground.request(contentOf(material, name, more));
  const deps = ground.deps({}, { timeAuthorities: authorities() });
  return { material, request, written: value(await writePackage(deps, material, request)) };
};

/** One for all who only look at it; whoever changes something takes a copy. */
let rich: Awaited<ReturnType<typeof richPackage>>;
const copyOfRich = async (name: string): Promise<string> => {
  const copy = path.join(ground.folder, name);
  await cp(rich.written.folder, copy, { recursive: true });
  return copy;
};

const contentsAt = async (folder: string): Promise<Contents> =>
  JSON.parse(await readFile(path.join(folder, 'data/contents.json'), 'utf8')) as Contents;

describe('a package', () => {
  test.skipIf(opensslAtHand === 'missing')(
    'is verified, as a folder, as a ZIP and as a tar (skipped: openssl is not there)',
    {
      timeout: 60_000,
    },
    async () => {
      const { written } = rich;
      expect(written).toMatchObject({ status: 'written', missing: [] });
      const report = await verifyPath(written.folder, trust());
      expect(report.faults).toEqual([]);
      expect(report.verdict).toBe('verified');
      for (const [ending, form] of [['zip', packageZip] as const, ['tar', packageTar] as const]) {
        const file = path.join(ground.folder, `package-rich.${ending}`);
        await writeFile(file, await buffer(await form(written.folder)));
        expect((await verifyPath(file, trust())).verdict).toBe('verified');
      }
      expect((await verifyPath(written.folder, noTrust)).verdict).toBe('consistent');
    },
  );

  test('holds the history of its case through the export, and nothing of other cases', async () => {
    const { material, request, written } = rich;
    const events = await eventsOf(written.folder);
    expect(events.map(({ caseSeq }) => caseSeq)).toEqual(events.map((_, at) => at + 1));
    expect(new Set(events.map(({ caseRef }) => caseRef))).toEqual(new Set([material.case.ref]));
    const [used, exported] = events.slice(-2) as [EventSummary, EventSummary];
    expect(used.type).toBe('policy.approval-used');
    expect(exported).toMatchObject({
      type: 'package.exported',
      payload: { package: 'package-rich', contents: written.contents, request },
    });
  });

  test('says what it does without when nobody stamped it, and is not written when that is asked for', async () => {
    const material = { ...minimalCase(), case: { ...minimalCase().case, ref: 'case-unstamped' } };
    const request = await ground.request(contentOf(material, 'package-unstamped'));
    const refusing = await writePackage(ground.deps({ whenProofIsMissing: 'refuse' }), material, request);
    expect(refusing).toMatchObject({ kind: 'refused', reason: { code: 'proof-missing' } });
    expect(await readdir(ground.folder)).not.toContain('package-unstamped');
    const written = value(await writePackage(ground.deps(), material, request));
    expect(written.missing).toEqual([{ what: 'time-stamp', why: 'no authority of time is configured' }]);
    const { faults } = await verifyPath(written.folder, trust());
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['timestamp', 'trust']));
    expect((await eventsOf(written.folder)).filter(({ type }) => type === 'package.exported')).toHaveLength(1);
  });

  test('tells why an event is withheld instead of what it said', async () => {
    const material = { ...minimalCase(), case: { ...minimalCase().case, ref: 'case-withheld' } };
    await ground.happen('case-withheld', 2);
    const request = await ground.request(contentOf(material, 'package-withheld'));
    const withhold = () => 'about somebody else';
    const written = value(await writePackage(ground.deps({}, { withhold }), material, request));
    const events = await eventsOf(written.folder);
    expect(events.slice(0, -1).map(({ withheld }) => withheld)).toEqual(
      events.slice(0, -1).map(() => 'about somebody else'),
    );
    expect(events.at(-1)).toMatchObject({ type: 'package.exported', payload: { package: 'package-withheld' } });
  });

  test('leaves a ledger whose check is clean', async () => {
    const report = await checkLedger(ground.db, {
      publicKeys: [ground.key],
      coveredTables: [...policyCoveredTables, ...evidenceCoveredTables],
    });
    expect(report.findings).toEqual([]);
  });
});

describe('items', () => {
  test('are encrypted for those that the request names, as age files that anybody can open', async () => {
    const identity = await generateX25519Identity();
    const recipients = [{ name: 'Court', age: await identityToRecipient(identity) }];
    const { material, written } = await richPackage('package-encrypted', { recipients });
    const { files } = await contentsAt(written.folder);
    for (const item of material.items) {
      const file = files.find((each) => each.item === item.id && each.role === item.as);
      expect(file?.plain).toEqual({ sha256: item.digests.sha256, bytes: String(item.bytes) });
      const bytes = await readFile(path.join(written.folder, file?.path ?? ''));
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      const plain = await decrypter.decrypt(bytes);
      expect(toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', plain as Uint8Array<ArrayBuffer>)))).toBe(
        item.digests.sha256,
      );
      if (spawnSync('age', ['--version']).error === undefined) {
        const key = path.join(ground.folder, 'identity.txt');
        await writeFile(key, `${identity}\n`);
        const opened = spawnSync('age', ['--decrypt', '-i', key, path.join(written.folder, file?.path ?? '')]);
        expect(opened.stdout.equals(Buffer.from(plain))).toBe(true);
      }
    }
    const { faults } = await verifyPath(written.folder, trust());
    expect(faults.filter(({ kind }) => kind !== 'timestamp' && kind !== 'trust')).toEqual([]);
  });

  test('that are not what was approved stop it before the ledger is told', async () => {
    const material = { ...minimalCase(), case: { ...minimalCase().case, ref: 'case-differs' } };
    const request = await ground.request(contentOf(material, 'package-differs'));
    const [item] = material.items;
    if (item === undefined) throw new Error('no item');
    const open = async () => [Buffer.from('HELLO\n')] as unknown as AsyncIterable<Uint8Array>;
    const swapped = { ...material, items: [{ ...item, open }] };
    expect(await writePackage(ground.deps(), swapped, request)).toMatchObject({ reason: { code: 'item-differs' } });
    for (const items of [[], [...material.items, itemOf('item-2', Buffer.from('x'), { name: 'x' })]]) {
      const outcome = await writePackage(ground.deps(), { ...material, items }, request);
      expect(outcome).toMatchObject({ kind: 'refused', reason: { code: 'material-differs' } });
    }
    const { rows } = await sql`select from evidence.package where package = 'package-differs'`.execute(ground.db);
    expect(rows).toEqual([]);
    expect(await readdir(ground.folder)).not.toContain('package-differs');
  });
});

describe('without', () => {
  const material = () => ({ ...minimalCase(), case: { ...minimalCase().case, ref: 'case-refused' } });

  test.each([0, 1])('two approvals (%i) there is no package', async (approvals) => {
    const request = await ground.request(contentOf(material(), `package-approved-by-${approvals}`), approvals);
    expect(await writePackage(ground.deps(), material(), request)).toMatchObject({
      kind: 'refused',
      reason: { code: 'not-approved' },
    });
  });

  test('a request there is no package', async () => {
    expect(await writePackage(ground.deps(), material(), 'a'.repeat(64))).toMatchObject({
      reason: { code: 'unknown-request' },
    });
  });

  test('a name of its own there is no package', async () => {
    const first = await ground.request(contentOf(material(), 'package-once'));
    value(await writePackage(ground.deps(), material(), first));
    const second = await ground.request(contentOf(material(), 'package-once'));
    const outcome = await writePackage(ground.deps(), material(), second);
    expect(outcome).toMatchObject({ kind: 'refused', reason: { code: 'folder-taken' } });
    await rm(path.join(ground.folder, 'package-once'), { recursive: true });
    expect(await writePackage(ground.deps(), material(), second)).toMatchObject({ reason: { code: 'name-taken' } });
    const climbing = await ground.request(contentOf(material(), '../elsewhere'));
    expect(await writePackage(ground.deps(), material(), climbing)).toMatchObject({
      reason: { code: 'material-differs' },
    });
  });

  test('a checkpoint there is no package yet, and the next try goes on', async () => {
    const request = await ground.request(contentOf(material(), 'package-waits'));
    const waits = { checkpoint: 300, witnesses: 100, timeAuthority: 100 };
    const deps = ground.deps({}, { waits, wake: () => undefined });
    expect(await writePackage(deps, material(), request)).toMatchObject({ reason: { code: 'not-covered-yet' } });
    await ground.sequenceAll();
    expect(await writePackage(deps, material(), request)).toMatchObject({ value: { status: 'written' } });
    expect(await writePackage(deps, material(), request)).toMatchObject({ value: { status: 'already-there' } });
  });
});

test('two who write one package at once do not meet', async () => {
  const material = { ...minimalCase(), case: { ...minimalCase().case, ref: 'case-twice' } };
  const request = await ground.request(contentOf(material, 'package-twice'));
  const outcomes = await Promise.all([1, 2].map(() => writePackage(ground.deps(), material, request)));
  const codes = outcomes.map((outcome) => (outcome.kind === 'done' ? outcome.value.status : outcome.reason.code));
  expect(codes.toSorted()).toEqual(['in-progress', 'written']);
});

test('contents that were lost after the event are made again when they can be, byte for byte', async () => {
  const material = { ...minimalCase(), case: { ...minimalCase().case, ref: 'case-lost' } };
  const identity = await generateX25519Identity();
  const recipients = [{ name: 'Court', age: await identityToRecipient(identity) }];
  const waits = { checkpoint: 0, witnesses: 0, timeAuthority: 100 };
  const impatient = ground.deps({}, { waits, wake: () => undefined });
  for (const [name, more, code] of [
    ['package-lost', {}, 'written'],
    ['package-lost-encrypted', { recipients }, 'contents-lost'],
  ] as const) {
    const request = await ground.request(contentOf(material, name, more));
    expect(await writePackage(impatient, material, request)).toMatchObject({ reason: { code: 'not-covered-yet' } });
    await rm(path.join(ground.folder, `.${name}.partial`), { recursive: true });
    const again = await writePackage(ground.deps({}, { waits: { ...waits, checkpoint: 3000 } }), material, request);
    expect(again.kind === 'done' ? again.value.status : again.reason.code).toBe(
      code === 'written' ? code : 'contents-lost',
    );
    await ground.sequenceAll();
  }
});

describe.skipIf(opensslAtHand === 'missing')(
  'whoever trusts no program of ours (skipped: openssl is not there)',
  () => {
    test('its guide has commands that hold as they stand', async () => {
      const folder = await copyOfRich('copy-for-guide');
      const guide = await readFile(path.join(folder, 'VERIFY.md'), 'utf8');
      const commands = [...guide.matchAll(/```sh\n(.*?)```/gs)].map(([, script]) => script).join('\n');
      const check = async () =>
        run('bash', ['-euo', 'pipefail', '-c', commands], { cwd: folder }).catch((error: unknown) => error);
      const good = (await check()) as { readonly stdout: string; readonly stderr: string; readonly code?: number };
      expect({ ...good, code: good.code ?? 0 }).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(
          /^"contents":"[0-9a-f]{64}"\n"request":"[0-9a-f]{64}"\nlog .*\nSignature Verified Successfully\n/s,
        ),
      });
      expect(good.stdout).toContain(formatVerifierKey(ground.key));
      // OpenSSL 3.0 says it on one of them, later ones on the other.
      expect(good.stdout + good.stderr).toContain('Verification: OK');
      const checkpoint = path.join(folder, 'data/ledger/checkpoint');
      const note = await readFile(checkpoint, 'utf8');
      await writeFile(checkpoint, note.replace(/\n(\d+)\n/, '\n1$1\n'));
      expect(await check()).toMatchObject({ code: 1 });
    });

    const bagit = process.env.TUTELA_BAGIT;
    test.skipIf(bagit === undefined)(
      'bagit.py finds it valid (skipped: TUTELA_BAGIT does not name bagit.py)',
      async () => {
        const folder = await copyOfRich('copy-for-bagit');
        const { stderr } = await run('python3', [bagit as string, '--validate', folder]);
        expect(stderr).toContain('is valid');
        await mkdir(path.join(folder, 'data/more'));
        await writeFile(path.join(folder, 'data/more/file'), 'x');
        expect(spawnSync('python3', [bagit as string, '--validate', folder]).status).toBe(1);
      },
    );
  },
);
