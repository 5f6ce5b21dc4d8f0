import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { FileDetails, ReportNumber } from '@tutela/cybertip';
import { inTransaction, runMigrations } from '@tutela/db';
import { defaultRules } from '@tutela/exposure';
import { exposureMigrations } from '@tutela/exposure/postgres';
import { type Decoder, openDecoder } from '@tutela/media';
import { approvalText, type PersonId, type RequestDigest } from '@tutela/policy';
import {
  addSite,
  installFirstPeople,
  keyFileId,
  policyMigrations,
  readSite,
  recordApproval,
} from '@tutela/policy/postgres';
import { encode, makePicture } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ground, openGround, type RunningDesk, settableClock, startDesk } from '../open-desk.test-support.js';

const clock = settableClock('2026-03-01T12:00:00Z');
const second = generateKeyPairSync('ed25519');
const spki = (key: typeof second.publicKey) => key.export({ type: 'spki', format: 'der' }).toString('base64url');
let ground: Ground;
let decoder: Decoder;
let running: RunningDesk;
let number: ReportNumber;
const files: Record<string, string> = {};

beforeAll(async () => {
  ground = await openGround();
  const { db } = ground.database;
  await runMigrations(db, [policyMigrations, exposureMigrations]);
  await inTransaction(db, async (tx) => {
    const by = { by: 'operator', at: clock.now() };
    const one = { id: 'ann' as PersonId, name: 'Ann', publicKey: spki(generateKeyPairSync('ed25519').publicKey) };
    await installFirstPeople(tx, [one, { id: 'bob' as PersonId, name: 'Bob', publicKey: spki(second.publicKey) }], by);
    await addSite(tx, { origin: 'http://localhost:8642', ...by });
  });
  decoder = openDecoder({ processes: 1 });
  const looking = { db, clock, decoder, rules: defaultRules };
  running = await startDesk(ground, clock, {}, { looking });
  const { password } = await running.desk.issueCredentials({ username: 'platform', organisation: 'Platform Ltd' });
  const client = running.client('platform', password);
  const opened = await client.submit({
    incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
    reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
  });
  if (opened.kind !== 'done') throw new Error(opened.reason.message);
  number = opened.value;
  const add = async (name: string, details: Partial<FileDetails> | undefined): Promise<void> => {
    const bytes = await encode(makePicture(name.length));
    const md5 = createHash('md5').update(bytes).digest('hex');
    const sent = await client.upload({ reportId: number, file: { name, bytes }, md5 });
    if (sent.kind !== 'done') throw new Error(sent.reason.message);
    const { fileId } = sent.value;
    files[name] = fileId;
    if (details === undefined) return;
    expect(await client.fileinfo({ reportId: number, fileId, ...details })).toMatchObject({ kind: 'done' });
  };
  await add('viewed', { fileViewedByEsp: true, fileAnnotations: { violenceGore: true } });
  await add('unviewed', { fileViewedByEsp: false });
  await add('undescribed', undefined);
  await add('urgent-one', { fileViewedByEsp: false });
  await client.finish(number);
});
afterAll(async () => {
  await running.stop();
  await decoder.close();
  await ground.close();
});

const headers = { 'tutela-actor': 'ann', 'content-type': 'application/json' };
const at = (name: string, end: string) =>
  `${running.address}/clearinghouse/reports/${number}/files/${files[name]}/${end}`;
const get = (name: string, end: string) => fetch(at(name, end), { headers });
const post = (name: string, end: string, body?: object) =>
  fetch(at(name, end), { method: 'POST', headers, body: JSON.stringify(body ?? {}) });
const reveal = (name: string) => post(name, 'reveal', { reason: 'triage' });

test('what the reporter viewed may be looked at', async () => {
  const [preview, revealed] = [await get('viewed', 'preview'), await reveal('viewed')];
  expect([preview.status, revealed.status, revealed.headers.get('content-type')]).toEqual([200, 200, 'image/webp']);
  const { rows } = await sql`select subject, person from exposure.reveal`.execute(ground.database.db);
  expect(rows).toEqual([{ subject: `report/${number}/file/${files.viewed}`, person: 'ann' }]);
});

test.each(['unviewed', 'undescribed'])('what was %s is closed, to a preview as well', async (name) => {
  for (const answer of [await get(name, 'preview'), await reveal(name)]) {
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'closed-not-viewed' }]);
  }
  expect(await (await get(name, 'gate')).json()).toEqual({
    viewedByReporter: 'not-viewed',
    gate: 'closed',
    openings: [],
  });
});

test('a consent or a numbered warrant on record opens a file, and a warrant without its number is none', async () => {
  const bare = await post('unviewed', 'openings', { basis: 'warrant', statement: 'search warrant' });
  expect(bare.status).toBe(400);
  const warrant = { basis: 'warrant', statement: 'search warrant', reference: '26-mj-101' };
  expect((await post('unviewed', 'openings', warrant)).status).toBe(201);
  expect((await reveal('unviewed')).status).toBe(200);
  expect((await post('undescribed', 'openings', { basis: 'consent', statement: 'by letter' })).status).toBe(201);
  expect(await (await get('undescribed', 'gate')).json()).toMatchObject({
    gate: 'open',
    openings: [{ basis: 'consent', recordedBy: 'ann' }],
  });
  expect((await get('undescribed', 'preview')).status).toBe(200);
});

test('an exigency opens a file once a second person approved its words, and this file alone', async () => {
  const asked = await post('urgent-one', 'openings', { basis: 'exigency', statement: 'a child is held now' });
  const { digest, needed } = (await asked.json()) as { digest: RequestDigest; needed: number };
  expect([asked.status, needed]).toEqual([202, 1]);
  expect(await (await post('urgent-one', `openings/${digest}`)).json()).toMatchObject({ code: 'too-few' });
  expect((await reveal('urgent-one')).status).toBe(403);
  const person = 'bob' as PersonId;
  const signature = sign(null, approvalText(digest, person), second.privateKey).toString('base64url');
  const credentialId = await keyFileId(spki(second.publicKey));
  const facts = { v: 1, method: 'ed25519', request: digest, person, at: clock.now(), credentialId, signature } as const;
  const { db } = ground.database;
  const site = await readSite(db);
  expect(await inTransaction(db, (tx) => recordApproval(tx, site, facts))).toMatchObject({ kind: 'done' });
  expect(await (await post('viewed', `openings/${digest}`)).json()).toMatchObject({ code: 'other-content' });
  expect(await (await post('urgent-one', `openings/${digest}`)).json()).toMatchObject({ approvedBy: ['bob'] });
  expect((await reveal('urgent-one')).status).toBe(200);
});

test('a file of another report, or none, is not there', async () => {
  const other = `${running.address}/clearinghouse/reports/999999/files/${files.viewed}/preview`;
  expect((await fetch(other, { headers })).status).toBe(404);
});
