import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '../../node-crypto.js';
import { parseNote } from '../../note/signed-note.js';
import { parseAddCheckpoint } from '../../witness/add-checkpoint.js';
import { cosign } from '../../witness/cosignature.js';
import { cosignerKey } from '../../witness/cosigner-key.js';
import { openTestLedger, type TestLedger } from '../ledger-database.test-support.js';
import { readWitnessStates } from './cosigned-heads.js';
import { startWitnessing } from './keep-witnessed.js';
import { submitHead } from './submit-head.js';

const signer = signerFromPem('witness.example/w1', newSigningKeyPem());
const key = cosignerKey(nodeHasher, signer.name, signer.publicKey);
const now = (): bigint => BigInt(Math.floor(Date.now() / 1000));

type Answer = (body: string, response: ServerResponse) => unknown;

let ledger: TestLedger;
let server: Server;
let url: string;
let answer: Answer;
let bodies: string[];
beforeAll(async () => {
  ledger = await openTestLedger();
  await ledger.act({ thing: 1, word: 'one' }, { thing: 2, word: 'two' });
  await ledger.sequence();
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString('utf8');
    });
    request.on('end', () => {
      bodies.push(body);
      void answer(body, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/prefix/`;
});
beforeEach(() => {
  bodies = [];
});
afterEach(() =>
  ledger.tamper(`
    delete from ledger.cosignature; delete from ledger.fork_alarm;
    delete from ledger.event where entry like '%fork-alarm%';
    delete from ledger.opening where event_id not in (select id from ledger.event);
    delete from ledger.effect where event_id not in (select id from ledger.event)`),
);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await ledger.scratch.close();
});

const submit = () => submitHead(ledger.db, { key, url }, { clock: systemClock });
const stored = async (): Promise<number> =>
  (await sql`select from ledger.cosignature`.execute(ledger.db)).rows.length +
  (await sql`select from ledger.fork_alarm`.execute(ledger.db)).rows.length;

const lineFor = async (body: string, time = now(), by = signer): Promise<string> => {
  const request = parseAddCheckpoint(body);
  const note = parseNote(request.kind === 'done' ? request.value.checkpoint : '');
  return cosign(nodeHasher, by, note.kind === 'done' ? note.value.text : '', time);
};
const cosigns: Answer = async (body, response) => response.end(await lineFor(body));
const says =
  (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end(text);

describe('the newest head', () => {
  test('is sent to a witness once, and its signature kept', async () => {
    answer = cosigns;
    expect(await submit()).toEqual({ kind: 'done', value: 2n });
    expect(await submit()).toMatchObject({ kind: 'nothing' });
    expect(bodies.length).toBe(1);
    expect(bodies[0]).toMatch(/^old 0\n\ntest\.example\/ledger\n2\n/);
    expect(await ledger.findings({ cosignerKeys: [key] })).toEqual([]);
    expect(await readWitnessStates(ledger.db, [key])).toMatchObject([{ signed: '2', behind: '0' }]);
  });

  const stranger = signerFromPem('stranger.example/w', newSigningKeyPem());
  const hostile: readonly (readonly [string, string, Answer])[] = [
    ['no line', 'not-cosigned', says(200, '')],
    ['rubbish', 'not-cosigned', says(200, '<html>welcome</html>')],
    [
      'a signature over another head',
      'not-cosigned',
      async (_, to) => to.end(await cosign(nodeHasher, signer, 'x\n', 9n)),
    ],
    ['a signature by a stranger', 'not-cosigned', async (body, to) => to.end(await lineFor(body, now(), stranger))],
    ['a time of tomorrow', 'not-cosigned', async (body, to) => to.end(await lineFor(body, now() + 86_400n))],
    ['a time beyond all calendars', 'not-cosigned', async (body, to) => to.end(await lineFor(body, 2n ** 62n))],
    [
      'a text of its own before the signature',
      'not-cosigned',
      async (body, to) => to.end(`x\n\n${await lineFor(body)}`),
    ],
    ['five megabytes', 'unreachable', says(200, 'x'.repeat(5_000_000))],
    ['a broken connection', 'unreachable', (_, response) => response.destroy()],
    ['another place to ask', 'unreachable', says(302, '', { location: 'http://127.0.0.1:1/' })],
    ['a fault of its own', 'not-accepted', says(500, 'broken')],
    ['that it knows no such log', 'not-accepted', says(404, 'unknown')],
    ['that nobody signed', 'not-accepted', says(403, 'unsigned')],
    ['a size that is none', 'not-accepted', says(409, 'seven\n', { 'content-type': 'text/x.tlog.size' })],
    ['a size of another type', 'not-accepted', says(409, '1\n', { 'content-type': 'text/html' })],
    ['the same size for ever', 'no-agreement', says(409, '1\n', { 'content-type': 'text/x.tlog.size' })],
  ];
  test.each(hostile)('is not taken for cosigned, nor for forked, after %s', async (_, code, given) => {
    answer = given;
    expect(await submit()).toMatchObject({ kind: 'failed', reason: { code } });
    expect(await stored()).toBe(0);
  });

  test('is proven from the size that the witness names', async () => {
    answer = (body, response) =>
      body.startsWith('old 0\n')
        ? says(409, '1\n', { 'content-type': 'text/x.tlog.size' })(body, response)
        : cosigns(body, response);
    expect(await submit()).toEqual({ kind: 'done', value: 2n });
    expect(bodies[1]).toMatch(/^old 1\n[^\n]{44}\n\ntest/);
  });
});

describe('a witness that holds another history', () => {
  const forks: readonly (readonly [string, Answer])[] = [
    ['has more than we do', says(409, '3\n', { 'content-type': 'text/x.tlog.size' })],
    ['refuses our proof', says(422, 'the proof leads to another root\n')],
  ];
  test.each(forks)('because it %s is on record, and asked no more', async (_, given) => {
    answer = given;
    expect(await submit()).toMatchObject({ kind: 'refused', reason: { code: 'fork' } });
    answer = cosigns;
    expect(await submit()).toMatchObject({ kind: 'refused', reason: { code: 'fork' } });
    expect(bodies.length).toBe(1);
    const findings = await ledger.findings({ cosignerKeys: [key] });
    expect(findings).toMatchObject([{ kind: 'fork', witness: signer.name, size: '2' }]);
    expect(await readWitnessStates(ledger.db, [key])).toMatchObject([{ behind: '2', fork: { size: '2' } }]);
  });

  test('stays found when its alarm is deleted', async () => {
    answer = says(422, 'no');
    await submit();
    await ledger.tamper('delete from ledger.fork_alarm');
    expect(await ledger.findings()).toMatchObject([{ kind: 'row-missing', table: 'ledger.fork_alarm' }]);
  });
});

test('a signature that was changed, and one whose head is gone, are found', async () => {
  answer = cosigns;
  await submit();
  await ledger.tamper(`update ledger.cosignature set at = at + interval '1 second'`);
  expect(await ledger.findings({ cosignerKeys: [key] })).toMatchObject([{ kind: 'cosignature-altered' }]);
  await ledger.tamper(`update ledger.cosignature set line = replace(line, 'AAAA', 'AAAB')`);
  expect(await ledger.findings({ cosignerKeys: [key] })).toMatchObject([{ kind: 'cosignature-altered' }]);
  expect(await ledger.findings()).toEqual([]);
  await ledger.tamper('update ledger.cosignature set size = 1');
  expect(await ledger.findings()).toMatchObject([{ kind: 'cosignature-of-no-head', size: '1' }]);
});

test('a witness that does not answer is asked again and holds up nobody, and is told of once', async () => {
  const told: string[] = [];
  answer = says(500, 'broken');
  const witnessing = startWitnessing(ledger.db, {
    witnesses: [{ key, url }],
    clock: systemClock,
    everyMs: 5,
    say: (line) => told.push(line),
  });
  while (bodies.length < 3) await wait(5);
  expect(witnessing.contacts().get(key.name)).toMatchObject({ state: 'trouble' });
  answer = cosigns;
  while ((await stored()) === 0) await wait(5);
  while (told.length < 2) await wait(5);
  await witnessing.stop();
  expect(told).toEqual([`witness ${key.name}: it answers 500: broken`, `witness ${key.name}: answers again`]);
});

test('what is under way when it is told to stop is broken off', async () => {
  answer = () => undefined;
  const witnessing = startWitnessing(ledger.db, { witnesses: [{ key, url }], clock: systemClock, everyMs: 5 });
  while (bodies.length === 0) await wait(5);
  await witnessing.stop();
  expect(await stored()).toBe(0);
});
