import { systemClock } from '@tutela/core';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sequence } from '@tutela/ledger/postgres';
import fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { investigatorCoveredTables } from './desk.js';
import { type Ground, importedOf, openGround } from './open-desk.test-support.js';
import { bytesOf, documentOf, fileOf, pictures } from './report.test-support.js';
import { writeZip } from './zip/write-zip.test-support.js';

const [beach, mountain] = pictures;
let ground: Ground;
let server: FastifyInstance;
const reportIds: string[] = [];
const routes: RouteOptions[] = [];

beforeAll(async () => {
  ground = await openGround();
  for (const number of [1, 2, 3]) {
    const zip = writeZip([
      { name: 'r.json', bytes: bytesOf(documentOf(number, [fileOf('a.png', beach), fileOf('b.png', mountain)])) },
      { name: 'a.png', bytes: beach },
    ]);
    reportIds.unshift(importedOf(await ground.importBytes(zip, `${number}.zip`)).report.summary.reportId);
  }
  server = fastify();
  server.addHook('onRoute', (route) => void routes.push(route));
  await server.register(ground.desk.routes);
});
afterAll(async () => {
  await server.close();
  await ground.close();
});

const get = async (url: string) => {
  const { statusCode, body } = await server.inject({ url });
  return { statusCode, body, json: JSON.parse(body) as Readonly<Record<string, unknown>> };
};

describe('over HTTP', () => {
  test('reports come latest import first, page by page', async () => {
    const first = await get('/investigator/reports?limit=2');
    expect(first.json.reports).toMatchObject([{ reportId: reportIds[0] }, { reportId: reportIds[1] }]);
    const second = await get(`/investigator/reports?limit=2&before=${String(first.json.next)}`);
    expect(second.json).toMatchObject({ reports: [{ reportId: reportIds[2], files: 2, persons: 2 }], next: null });
  });

  test('a report tells what was delivered, what its bytes are, and what stays locked', async () => {
    const { json } = await get(`/investigator/reports/${reportIds[0]}`);
    expect(json).toMatchObject({
      summary: { reportNumber: '3', incidentType: 'Child Sex Tourism' },
      content: { reportId: '3', esp: { lastName: 'Safety' }, notes: [] },
      persons: [{ content: { screenName: 'someone', emails: [{ value: 'a@b.example', verified: true }] } }, {}],
      files: [
        { comparison: 'verified', locked: 'viewing-not-stated', objects: [{ size: beach.length, entryName: 'a.png' }] },
        { comparison: 'not-delivered' },
      ],
      deliveries: [{ name: '3.zip', kind: 'zip', listing: 'whole' }],
    });
  });

  test('no address hands out the bytes of a file', async () => {
    const unbound = routes.filter(({ schema }) => schema?.response === undefined).map(({ url }) => url);
    expect([routes.length > 40, unbound]).toEqual([true, []]);
    expect(routes.filter(({ url }) => /object|content|download|bytes/.test(url))).toEqual([]);
    const { body } = await get(`/investigator/reports/${reportIds[0]}`);
    for (const encoding of ['utf8', 'base64', 'hex'] as const) {
      expect(body).not.toContain(Buffer.from(beach).toString(encoding));
    }
  });

  test('a report that is not here is a 404 by name', async () => {
    const { statusCode, json } = await get('/investigator/reports/00000000-0000-4000-8000-000000000000');
    expect([statusCode, json.code]).toEqual([404, 'report-unknown']);
    expect((await server.inject({ url: '/investigator/reports/1' })).statusCode).toBe(400);
  });

  test('the summary counts what is here and what is locked', async () => {
    expect(await ground.desk.summary()).toMatchObject({
      reports: 3,
      files: { named: 6, delivered: 3, differing: 0, locked: 6 },
      latest: [{ number: '3' }, { number: '2' }, { number: '1' }],
    });
  });
});

describe('the ledger', () => {
  const signer = signerFromPem('investigator.example/ledger', newSigningKeyPem());
  const key = noteKey(nodeHasher, signer.name, signer.publicKey);
  const check = () => checkLedger(ground.database.db, { publicKeys: [key], coveredTables: investigatorCoveredTables });
  beforeAll(async () => {
    await sequence(ground.database.db, { signer, clock: systemClock });
  });

  test('vouches for every row, one event an import', async () => {
    const { findings, counts } = await check();
    expect(findings).toEqual([]);
    expect(counts).toMatchObject({ leaves: 3, pending: 0 });
  });

  test.each([
    ['report', "document = document || '!'", 'document = left(document::text, -2)::bytea'],
    ['delivery', "name = name || '!'", 'name = left(name, -1)'],
    ['person', "role = 'intended-recipient'", undefined],
    ['file', 'viewed_by_esp = true', 'viewed_by_esp = null'],
    ['object', "comparison = 'differs'", "comparison = 'verified'"],
    ['source_capture', 'port = port + 1', 'port = port - 1'],
  ])('finds a changed %s', async (table, change, back) => {
    const { db } = ground.database;
    const alter = (set: string, where = '') => sql.raw(`update investigator.${table} set ${set} ${where}`).execute(db);
    const one = table === 'person' ? 'where ordinal = 1' : '';
    await alter(change, one);
    const { findings } = await check();
    await alter(back ?? "role = 'reported'", one);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings)
      expect(finding).toMatchObject({ kind: 'row-altered', table: `investigator.${table}` });
    expect((await check()).findings).toEqual([]);
  });

  test('vouches for a report of thousands of rows as well, and can be checked in bounded memory', async () => {
    const sourceCaptures = Array.from({ length: 4000 }, (_, port) => ({ captureType: 'IP Address', port }));
    const document = documentOf(4, [fileOf('a.png', beach, { sourceInformation: { sourceCaptures } })]);
    importedOf(await ground.importBytes(document));
    await sequence(ground.database.db, { signer, clock: systemClock });
    const { findings, counts } = await check();
    expect(findings).toEqual([]);
    expect(counts.leaves).toBe(3 + Math.ceil((1 + 2 + 1 + 4001 + 1) / 50));
  });
});
