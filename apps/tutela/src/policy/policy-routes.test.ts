import { generateKeyPairSync, sign } from 'node:crypto';
import { systemClock } from '@tutela/core';
import { inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { approvalText, type PersonId, type RequestDigest } from '@tutela/policy';
import {
  installFirstPeople,
  keyFileId,
  listPeople,
  policyMigrations,
  readSite,
  recordApproval,
  requestApproval,
} from '@tutela/policy/postgres';
import { type CreationOptions, type RequestOptions, softwareAuthenticator } from '@tutela/testkit';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpServer } from '../http/server.js';
import { noteApprovalSite } from './policy-keeping.js';
import { policyRoutes } from './policy-routes.js';

const operatorKey = 'k'.repeat(43);
const origin = 'http://localhost:8642';
const passkey = softwareAuthenticator();
const newKey = (name: string) => {
  const { publicKey: key, privateKey } = generateKeyPairSync('ed25519');
  const publicKey = key.export({ type: 'spki', format: 'der' }).toString('base64url');
  const person = name as PersonId;
  const newPerson = { id: person, name: `Officer ${name}`, publicKey };
  return { person, newPerson, sign: (text: Uint8Array) => sign(null, text, privateKey).toString('base64url') };
};
const [one, two] = [newKey('staff-1'), newKey('staff-2')];
let scratch: ScratchDatabase;
let server: FastifyInstance;

beforeAll(async () => {
  scratch = await openScratchDatabase();
  const { db } = scratch;
  await runMigrations(db, [ledgerMigrations, policyMigrations]);
  await inTransaction(db, (tx) =>
    installFirstPeople(tx, [one.newPerson, two.newPerson], { by: 'operator', at: systemClock.now() }),
  );
  await noteApprovalSite(db, 'http://127.0.0.1:8642');
  const status = async () => ({});
  server = await createHttpServer({ operatorKey, status, routes: [policyRoutes(db)], log: () => undefined });
});
afterAll(async () => {
  await server.close();
  await scratch.close();
});

const ask = async <Body = unknown>(method: 'GET' | 'POST', url: string, payload?: object) => {
  const headers = { authorization: `Bearer ${operatorKey}` };
  const answer = await server.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.json() as Body };
};
const approveWithFile = async (digest: RequestDigest, key: typeof one) => {
  const { person, newPerson } = key;
  const said = { v: 1, method: 'ed25519', request: digest, person, at: systemClock.now() } as const;
  const approval = {
    ...said,
    credentialId: await keyFileId(newPerson.publicKey),
    signature: key.sign(approvalText(digest, person)),
  };
  return inTransaction(scratch.db, async (tx) => recordApproval(tx, await readSite(tx), approval));
};
/** A page sends no more of an authenticator's answer than this. */
const sent = ({ id, rawId, type, response }: { id: string; rawId: string; type: string; response: object }) => ({
  id,
  rawId,
  type,
  response,
});

test('a passkey is registered, approved with a key file, and approves what the page shows', async () => {
  const { body: creation } = await ask<CreationOptions>('POST', '/policy/passkeys/options', { person: 'staff-2' });
  const registered = await ask<{ readonly digest: RequestDigest }>(
    'POST',
    '/policy/passkeys',
    sent(passkey.register(creation, { origin })),
  );
  expect(registered).toMatchObject({ status: 200, body: { state: 'open', needed: 1 } });
  const { digest: asked } = registered.body;
  expect((await approveWithFile(asked, one)).kind).toBe('done');
  expect((await ask('GET', '/policy/people')).body).toMatchObject({
    people: [
      { id: 'staff-1', passkeys: 0 },
      { id: 'staff-2', passkeys: 1 },
    ],
  });

  const request = { action: 'package.export', requestedBy: one.person, reason: 'trial', content: { package: 'p' } };
  const made = await inTransaction(scratch.db, (tx) => requestApproval(tx, { ...request, at: systemClock.now() }));
  if (made.kind !== 'done') throw new Error(made.reason.message);
  const { digest } = made.value;
  const { body } = await ask('GET', '/policy/requests');
  expect(body).toMatchObject({ requests: [{ digest, state: 'open', needed: 2, approvedBy: [] }] });
  const { body: options } = await ask<RequestOptions>('POST', `/policy/requests/${digest}/options`);
  expect(options).toMatchObject({
    challenge: Buffer.from(digest, 'hex').toString('base64url'),
    userVerification: 'required',
  });
  const elsewhere = sent(passkey.assert(options, { origin: 'http://localhost:9999' }));
  expect(await ask('POST', `/policy/requests/${digest}/approvals`, elsewhere)).toMatchObject({
    status: 409,
    body: { code: 'signature-invalid' },
  });
  const approved = await ask('POST', `/policy/requests/${digest}/approvals`, sent(passkey.assert(options, { origin })));
  expect(approved).toMatchObject({ status: 200, body: { approvedBy: [{ person: 'staff-2', method: 'webauthn' }] } });
  expect((await ask('GET', `/policy/requests/${digest}`)).body).toEqual(approved.body);
  expect(await listPeople(scratch.db)).toHaveLength(2);
});

test('what is not there or not allowed is told by its code', async () => {
  const unknown = `/policy/requests/${'0'.repeat(64)}`;
  expect(await ask('GET', unknown)).toMatchObject({ status: 404, body: { code: 'unknown-request' } });
  expect(await ask('POST', `${unknown}/options`)).toMatchObject({ status: 404, body: { code: 'unknown-request' } });
  expect(await ask('POST', '/policy/passkeys/options', { person: 'nobody' })).toMatchObject({
    status: 409,
    body: { code: 'person-unknown' },
  });
  expect(await ask('POST', '/policy/passkeys', { id: 'a' })).toMatchObject({
    status: 400,
    body: { code: 'invalid-request' },
  });
  expect((await server.inject('/policy/requests')).statusCode).toBe(401);
});
