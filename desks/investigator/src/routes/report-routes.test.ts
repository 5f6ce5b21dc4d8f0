import fastify, { type FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseBody, caseFileBody, linkedBody, reportAddressesBody, reportTakenBody } from '../api/index.js';
import { type Ground, importedOf, openGround } from '../open-desk.test-support.js';
import { bytesOf, documentOf } from '../report.test-support.js';

let ground: Ground;
let server: FastifyInstance;
let reportId: string;
beforeAll(async () => {
  ground = await openGround();
  server = fastify();
  await server.register(ground.desk.routes);
  reportId = importedOf(await ground.importBytes(bytesOf(documentOf(1)))).report.summary.reportId;
});
afterAll(async () => {
  await server.close();
  await ground.close();
});

const send = async (method: 'GET' | 'POST', url: string, payload?: object) => {
  const headers = { 'tutela-actor': 'staff-1' };
  const answer = await server.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.json<Readonly<Record<string, unknown>>>() };
};
const answered = async (schema: TSchema, ...asked: Parameters<typeof send>) => {
  const { status, body } = await send(...asked);
  expect([status, [...Value.Errors(schema, body)]]).toEqual([200, []]);
  return body;
};
const refused = async (...asked: Parameters<typeof send>) => {
  const { status, body } = await send(...asked);
  return [status, body.code];
};

const unknown = '00000000-0000-4000-8000-000000000000';
const said = { protocol: 'tcp', clockError: '2', documentation: 'allow' };

test('a case is opened with a report, which is linked in the same act; with one that is not here, none is opened', async () => {
  const asked = { caseRef: 'with', title: 'With a report' };
  expect(await refused('POST', '/investigator/cases', { ...asked, reportId: unknown })).toEqual([
    404,
    'unknown-report',
  ]);
  expect(await refused('GET', '/investigator/cases/with')).toEqual([404, 'unknown-case']);
  await answered(caseBody, 'POST', '/investigator/cases', { ...asked, reportId });
  expect(await answered(caseFileBody, 'GET', '/investigator/cases/with')).toMatchObject({ reports: [{ reportId }] });
});

test('a report is linked by its id, or by its number', async () => {
  await answered(caseBody, 'POST', '/investigator/cases', { caseRef: 'later', title: 'Later' });
  const where = '/investigator/cases/later/reports';
  expect(await answered(linkedBody, 'POST', where, { reportId })).toEqual({ status: 'linked' });
  expect(await answered(linkedBody, 'POST', where, { reportNumber: '1' })).toEqual({ status: 'linked-already' });
  expect(await refused('POST', where, { reportId: unknown })).toEqual([404, 'unknown-report']);
});

test('what taking over the addresses of a report makes of them is told before, and done once', async () => {
  const where = `/investigator/cases/with/reports/${reportId}/addresses`;
  const shown = (query: Readonly<Record<string, string>>) =>
    answered(reportAddressesBody, 'GET', `${where}?${new URLSearchParams(query).toString()}`);
  expect(await shown({ ...said, documentation: 'refuse' })).toMatchObject({
    addresses: [{ place: 1, owner: 'person', becomes: 'refused', code: 'ADDRESS_NOT_PUBLIC' }],
  });
  expect(await shown({ ...said, protocol: 'unknown' })).toMatchObject({ addresses: [{ grade: 'without-port' }] });
  expect(await shown(said)).toMatchObject({
    taken: null,
    addresses: [{ address: '192.0.2.7', port: 51_344, becomes: 'observation', grade: 'good' }],
  });
  expect(await answered(reportTakenBody, 'POST', where, said)).toMatchObject({ usable: 1, refused: 0, repeated: 0 });
  // By what was stated then, whatever is asked now.
  expect(await shown({ ...said, documentation: 'refuse' })).toMatchObject({
    taken: { by: 'staff-1', usable: 1, stated: said },
    addresses: [{ becomes: 'observation', grade: 'good' }],
  });
  expect(await refused('POST', where, said)).toEqual([409, 'imported-already']);
  expect((await send('POST', where, { ...said, clockError: 'some' })).status).toBe(400);
  expect(
    await refused(
      'GET',
      `/investigator/cases/with/reports/${unknown}/addresses?${new URLSearchParams(said).toString()}`,
    ),
  ).toEqual([404, 'unknown-report']);
});
