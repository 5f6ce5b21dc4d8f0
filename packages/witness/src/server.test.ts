import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { cosignerKey, openWitnessed } from '@tutela/ledger';
import { nodeHasher, nodeVerifier } from '@tutela/ledger/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { growLog, newSigner, openTestWitness } from './logs.test-support.js';
import { createWitnessServer } from './server.js';

const log = growLog(newSigner('agency.example/evidence'), 20);
const fork = growLog(log.signer, 20, 3);
let house: Awaited<ReturnType<typeof openTestWitness>>;
let server: ReturnType<typeof createWitnessServer>;
let origin: string;
let troubles: unknown[];
beforeEach(async () => {
  house = await openTestWitness([log.key]);
  troubles = [];
  const { logs, heads } = house.deps;
  const onTrouble = (error: unknown): void => void troubles.push(error);
  server = createWitnessServer({ witness: house.witness, logs, heads, onTrouble });
  origin = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await server.close();
  await rm(house.folder, { recursive: true });
});

const post = async (body: Buffer | string, type?: string) => {
  const headers = type === undefined ? {} : { 'content-type': type };
  const response = await fetch(`${origin}/add-checkpoint`, { method: 'POST', body, headers });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
};

test('a log gets its cosignature over HTTP, and whoever asks the cosigned checkpoint', async () => {
  const answer = await post(await log.request(0, 7), 'text/plain');
  expect(answer.status).toBe(200);
  expect(answer.body).toMatch(/^\u2014 witness\.example\/w1 [A-Za-z0-9+/=]+\n$/);
  const { signer } = house.deps;
  const policy = {
    logs: [{ key: log.key }],
    witnesses: [{ name: 'w', key: cosignerKey(nodeHasher, signer.name, signer.publicKey) }],
    groups: [],
    quorum: 'w',
  };
  const served = await fetch(`${origin}/${createHash('sha256').update(log.key.name).digest('hex')}/checkpoint`);
  expect(served.status).toBe(200);
  const note = await served.text();
  expect(note).toContain(answer.body);
  expect(await openWitnessed(nodeVerifier, policy, note)).toMatchObject({ value: { checkpoint: { size: 7n } } });
});

test('the status codes are those of C2SP tlog-witness', async () => {
  expect(await post(await log.request(4, 9))).toMatchObject({ status: 409, type: 'text/x.tlog.size', body: '0\n' });
  expect((await post(await log.request(0, 9))).status).toBe(200);
  expect(await post(await log.request(0, 12))).toMatchObject({ status: 409, type: 'text/x.tlog.size', body: '9\n' });
  expect((await post(await fork.request(9, 12))).status).toBe(422);
  expect((await post(await growLog(newSigner('other'), 3).request(0, 3))).status).toBe(404);
  expect((await post(await growLog(newSigner(log.key.name), 3).request(0, 3))).status).toBe(403);
  expect((await post(await log.request(9, 8))).status).toBe(400);
  for (const body of ['', 'old 9\n', 'rubbish', '{"old":9}', Buffer.from([0xff])]) {
    expect((await post(body, 'application/json')).status).toBe(400);
  }
  expect(troubles).toEqual([]);
});

test('a body beyond the limit is not read', async () => {
  expect((await post('x'.repeat(1024 * 1024))).status).toBe(413);
});

test('unknown pages and logs that were never cosigned are not found', async () => {
  const of = (name: string) => createHash('sha256').update(name).digest('hex');
  for (const page of ['/', '/add-checkpoint', `/${of(log.key.name)}/checkpoint`, `/${of('other')}/checkpoint`, '/..']) {
    expect((await fetch(origin + page)).status).toBe(404);
  }
});

test('a spoilt folder is told to the operator and to nobody else', async () => {
  await server.close();
  const heads = { ...house.deps.heads, newest: () => Promise.reject(new Error('/srv/witness is spoilt')) };
  const { createWitness } = await import('./witness.js');
  const witness = createWitness({ ...house.deps, heads });
  const onTrouble = (error: unknown): void => void troubles.push(error);
  server = createWitnessServer({ witness, logs: house.deps.logs, heads, onTrouble });
  origin = await server.listen({ host: '127.0.0.1', port: 0 });
  expect(await post(await log.request(0, 3))).toMatchObject({ status: 500, body: 'the witness broke off\n' });
  expect(String(troubles[0])).toContain('/srv/witness');
});

test('a connection that is broken off halfway changes nothing', async () => {
  const body = await log.request(0, 9);
  const { port } = new URL(origin);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`POST /add-checkpoint HTTP/1.1\r\nhost: w\r\ncontent-length: ${body.length}\r\n\r\n`);
  socket.write(body.subarray(0, body.length / 2));
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  expect(await post(await log.request(4, 9))).toMatchObject({ status: 409, body: '0\n' });
});
