import { systemClock } from '@tutela/core';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sequence } from '@tutela/ledger/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearinghouseCoveredTables } from '../desk.js';
import { clock, openRoutingGround, type RoutingGround } from '../referral/routing-ground.test-support.js';
import { preservationRecord as record } from './record.test-support.js';

let ground: RoutingGround;
beforeAll(async () => {
  ground = await openRoutingGround();
});
afterAll(() => ground.close());

interface Request {
  readonly requestId: string;
  readonly state: string;
  readonly code?: string;
  readonly message?: string;
  readonly deadlines: readonly {
    readonly kind: string;
    readonly at: string;
    readonly state: string;
    readonly remindedAt: string | null;
  }[];
}

const make = (more: object = {}, rest: object = {}) =>
  ground.console<Request>('requests', { record: { ...record, ...more }, ...rest });
const text = async (id: string): Promise<string> =>
  await (await fetch(`${ground.address}/clearinghouse/requests/${id}/document.txt`)).text();
const days = (from: string, to: string | undefined): number => (Date.parse(to ?? '') - Date.parse(from)) / 86_400_000;
const sent = async (more: object = {}, rest: object = {}): Promise<Request> => {
  const [, made] = await make(more, rest);
  const [status, request] = await ground.console<Request>(`requests/${made.requestId}/sent`, { receipt: 'RR1' });
  expect(status).toBe(200);
  return request;
};

describe('a preservation request', () => {
  test('is in the addressee’s language, as text and as the same PDF each time, and says what it lacks', async () => {
    const [status, made] = await make();
    expect([status, made.state]).toEqual([200, 'draft']);
    const letter = await text(made.requestId);
    expect(letter).toContain('Solicitud de conservación de datos');
    expect(letter).toContain('durante 90 días');
    expect(letter).toContain('192.0.2.7, puerto 51344');
    expect(letter).toContain('no consta');
    const pdf = async () =>
      Buffer.from(
        await (await fetch(`${ground.address}/clearinghouse/requests/${made.requestId}/document.pdf`)).arrayBuffer(),
      );
    expect((await pdf()).equals(await pdf())).toBe(true);
  });

  test('starts its clock when it is sent, is renewed once, and expires where it is not', async () => {
    const at = clock.now();
    const request = await sent();
    const ends = request.deadlines.find(({ kind }) => kind === 'preservation-ends');
    expect(days(at, ends?.at)).toBe(90);
    expect((await make({}, { renews: request.requestId }))[0]).toBe(200);
    expect(await make({}, { renews: request.requestId })).toMatchObject([409, { code: 'renewed-already' }]);
    expect(await make({ preservationDays: 91 })).toMatchObject([409, { code: 'period-not-allowed' }]);

    clock.set(new Date(Date.parse(at) + 77 * 86_400_000).toISOString());
    await ground.desk.routing.remindDeadlines();
    const [, near] = await ground.console<Request>(`requests/${request.requestId}`);
    expect(near.deadlines.find(({ kind }) => kind === 'preservation-ends')).toMatchObject({
      state: 'running',
      remindedAt: clock.now(),
    });
    expect(near.deadlines.find(({ kind }) => kind === 'reply')).toMatchObject({ state: 'passed' });
    const [, awaiting] = await ground.console<{ deadlines: { requestId: string }[] }>('awaiting');
    expect(awaiting.deadlines.map(({ requestId }) => requestId)).toContain(request.requestId);
    clock.set(new Date(Date.parse(at) + 90 * 86_400_000).toISOString());
    await ground.desk.routing.remindDeadlines();
    expect((await ground.console<Request>(`requests/${request.requestId}`))[1].state).toBe('expired');
    clock.set(at);
  });

  test('that is answered is awaited no more, and keeps its time', async () => {
    const request = await sent();
    const settled = `requests/${request.requestId}/settled`;
    expect(await ground.console(settled, { state: 'answered', note: 'reference 5' })).toMatchObject([
      200,
      {
        state: 'answered',
        deadlines: [
          { kind: 'preservation-ends', state: 'running' },
          { kind: 'reply', state: 'met' },
        ],
      },
    ]);
    expect((await ground.console(settled, { state: 'refused', note: 'x' }))[0]).toBe(409);
  });
});

describe('preservation comes first', () => {
  test.each(['mla', 'epoc'] as const)('a request of kind %s needs one that was sent', async (kind) => {
    expect(await make({ kind })).toMatchObject([409, { code: 'preservation-first' }]);
    const [, draft] = await make();
    expect(await make({ kind }, { preservedBy: draft.requestId })).toMatchObject([409, { code: 'preservation-first' }]);
    const preserved = await sent();
    const [status, made] = await make({ kind, language: 'pt-BR' }, { preservedBy: preserved.requestId });
    expect(status).toBe(200);
    expect(await text(made.requestId)).toContain(`preservados com base na solicitação ${preserved.requestId}`);
  });

  test('an EPOC says which of its sections were not generated, and is awaited for 10 days or 8 hours', async () => {
    const preserved = await sent();
    const at = clock.now();
    const usual = await sent({ kind: 'epoc', language: 'en' }, { preservedBy: preserved.requestId });
    expect(usual.deadlines.map((one) => [one.kind, days(at, one.at)])).toEqual([['reply', 10]]);
    const urgent = { level: 'emergency', ground: 'a child is in danger' };
    const fast = await sent({ kind: 'epoc', language: 'en', urgency: urgent }, { preservedBy: preserved.requestId });
    expect(fast.deadlines.map((one) => days(at, one.at) * 24)).toEqual([8]);
    const letter = await text(usual.requestId);
    expect(letter).toContain('Not generated: the other sections of Annex I');
    expect(letter.match(/^Section [A-Z]/gm)).toEqual(['Section A', 'Section B', 'Section C']);
  });

  test('an EPOC-PR is of 60 days and renewed once by 30', async () => {
    const at = clock.now();
    const first = await sent({ kind: 'epoc-pr' });
    const renewed = await sent({ kind: 'epoc-pr' }, { renews: first.requestId });
    const ends = [first, renewed].map(
      ({ deadlines }) => deadlines.find(({ kind }) => kind === 'preservation-ends')?.at,
    );
    expect(ends.map((end) => days(at, end))).toEqual([60, 30]);
    expect(await make({ kind: 'epoc-pr' }, { renews: renewed.requestId })).toMatchObject([
      409,
      { code: 'renewed-already' },
    ]);
  });
});

test('an Article 29 request states all six letters, for not less than 60 days, to an addressee whose instrument has a source', async () => {
  const addressee = { ...record.addressee, authorityId: 'us-contact' };
  expect(await make({ kind: 'budapest-29', addressee })).toMatchObject([409, { code: 'instrument-not-recorded' }]);
  const row = {
    authority_id: 'us-contact',
    country: 'US',
    name: 'A contact point of a test',
    jurisdiction: 'national',
    takes: 'reports',
    channel: 'feed',
    address: '',
    languages: ['en'],
    incident_types: [],
    instruments: ['budapest-24-7'],
    standing: 'active',
    source: 'written for this test',
    source_date: '2026-03-01',
  };
  await ground.desk.routing.importRegistry({ text: JSON.stringify([row]), by: 'operator' });
  expect(await make({ kind: 'budapest-29', addressee, preservationDays: 30 })).toMatchObject([
    409,
    { code: 'period-not-allowed' },
  ]);
  const [, made] = await make({ kind: 'budapest-29', addressee, language: 'en' });
  const letter = await text(made.requestId);
  for (const letterName of ['(a)', '(b)', '(c)', '(d)', '(e)', '(f)']) expect(letter).toContain(letterName);
});

test('a record that lacks something is refused with the names of what is wrong', async () => {
  const [status, problem] = await make({ offence: undefined, targets: [] });
  expect(status).toBe(400);
  expect(problem.message).toMatch(/offence.*targets|targets.*offence/);
});

test('requests and their deadlines are vouched for by the ledger', async () => {
  const signer = signerFromPem('clearinghouse.example/ledger', newSigningKeyPem());
  await sequence(ground.db, { signer, clock: systemClock });
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  const { findings } = await checkLedger(ground.db, { publicKeys, coveredTables: clearinghouseCoveredTables });
  expect(findings).toEqual([]);
});
