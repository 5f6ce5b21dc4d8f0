import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { OrderDocument } from '@tutela/attribution/exchange';
import { type Outcome, systemClock, toInstant, type UtcInstant } from '@tutela/core';
import { inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase, type Tx } from '@tutela/db';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import { type Authority, type AuthorityId, approvalText, type PersonId, type RequestDigest } from '@tutela/policy';
import {
  enterAuthority,
  installFirstPeople,
  keyFileId,
  policyMigrations,
  recordApproval,
  requestPerson,
  requestRole,
} from '@tutela/policy/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCase } from '../case/cases.js';
import { investigatorCoveredTables, investigatorMigrations } from '../desk.js';
import { orderMaterial } from '../package/sources/orders.js';
import { carryOrder } from './carry-order.js';
import { confirmObservation } from './confirm-observation.js';
import { draftOrder, type OrderWish } from './draft-order.js';
import { groupObservations } from './group.js';
import { importObserved } from './import-observations.js';
import { checkLetterAnswer, enterLetterAnswer } from './letter/enter-answer.js';
import { letterPdf } from './letter/letter-pdf.js';
import { emailText } from './letter/letter-text.js';
import { notePosted } from './letter/note-posted.js';
import { viewOrder } from './order-view.js';
import { openOtherSide } from './other-side.test-support.js';
import { previewOrder } from './preview.js';
import { importRanges, noteProvider } from './providers.js';
import type { ObservationId } from './schema.js';
import { askToSend, sendOrder } from './send-order.js';

const caseRef = 'case-7';
const site = { origins: ['http://localhost:8642'], rpId: 'localhost' };
const document = 'cd'.repeat(32);
const value = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};
const codeOf = (outcome: Outcome<unknown>): string => (outcome.kind === 'done' ? 'done' : outcome.reason.code);
const ago = (minutes: number): UtcInstant => toInstant(new Date(Date.now() - minutes * 60_000));
const by = (name = 'staff-1') => ({ by: name, at: systemClock.now() });

const newPerson = (name: string) => {
  const { publicKey: key, privateKey } = generateKeyPairSync('ed25519');
  const publicKey = key.export({ type: 'spki', format: 'der' }).toString('base64url');
  return { id: name as PersonId, name: `Officer ${name}`, publicKey, privateKey };
};
const [one, two, three] = [newPerson('staff-1'), newPerson('staff-2'), newPerson('staff-3')];

let database: ScratchDatabase;
const act = <T>(doIt: (tx: Tx) => Promise<T>) => inTransaction(database.db, doIt);
const approve = async (digest: RequestDigest, person: typeof one): Promise<void> => {
  const credentialId = await keyFileId(person.publicKey);
  const signature = sign(null, approvalText(digest, person.id), person.privateKey).toString('base64url');
  const approval = { v: 1, method: 'ed25519', request: digest, person: person.id, at: systemClock.now() } as const;
  value(await act((tx) => recordApproval(tx, site, { ...approval, credentialId, signature })));
};

const productionOrder = (scope: Partial<Authority['scope']> = {}): Authority => ({
  v: 1,
  id: randomUUID() as unknown as AuthorityId,
  version: 1,
  caseRef,
  kind: 'production-order',
  issuedBy: 'Ontario Court of Justice',
  fileNumber: '26-1043',
  statute: 'Criminal Code s. 487.014',
  offence: 'Criminal Code s. 163.1(4)',
  issuedAt: ago(40),
  from: ago(40),
  to: toInstant(new Date(Date.now() + 10 * 86_400_000)),
  operativeText: 'To state the subscribers of the addresses named.',
  documentSha256: 'ab'.repeat(32),
  sealed: 'open',
  scope: {
    sources: ['provider/north', 'provider/letters'],
    accounts: 'any',
    addresses: 'any',
    periods: 'any',
    fileClasses: 'any',
    keywords: 'any',
    exclusions: [],
    privilegeTerms: [],
    ...scope,
  },
  grants: ['disclose'],
  conditions: [],
  secretReuse: { kind: 'own' },
  enteredBy: one.id,
  enteredAt: ago(1),
});
const authorise = async (authority: Authority): Promise<AuthorityId> => {
  const { digest } = value(await act((tx) => enterAuthority(tx, authority)));
  await approve(digest, two);
  return authority.id;
};

const settings = { documentation: 'allow', hours: 24, abbreviations: {} } as const;
const header = 'ip,port,protocol,from,clock_error_s,role,contact,source_document,entry';
const records = [
  `203.0.113.9,20481,tcp,2026-03-02T18:04:05.250Z,1,listening-endpoint,D3,${document},electronic`,
  `203.0.113.9,,,2026-03-02T18:05:00Z,1,connection-source,,${document},electronic`,
  `203.0.113.10,20999,tcp,2026-03-02T19:00:00Z,unknown,connection-source,,${document},transcribed`,
  `198.51.100.4,443,tcp,2026-03-02T19:00:00Z,2,connection-source,,${document},electronic`,
  `192.0.2.77,443,tcp,2026-03-02T19:00:00Z,2,connection-source,,${document},electronic`,
  `203.0.113.11,6881,tcp,2026-03-02T19:00:00Z,2,listening-endpoint,H,${document},electronic`,
  `100.64.7.21,6881,tcp,2026-03-02T19:00:00Z,2,connection-source,,${document},electronic`,
  `203.0.113.12,6881,tcp,2026-03-02 19:00:00,2,connection-source,,${document},electronic`,
].join('\n');

const provider = {
  name: 'North Net',
  holders: ['AS64500 North Net'],
  country: 'PY',
  email: 'legal@north.example',
  language: 'es' as const,
  answer_days: 14,
  sharing: 200,
};

let otherSide: Awaited<ReturnType<typeof openOtherSide>>;
const signer = signerFromPem('investigator.example/ledger', newSigningKeyPem());
const findings = async () => {
  value(await sequence(database.db, { signer, clock: systemClock }));
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  return (await checkLedger(database.db, { publicKeys, coveredTables: investigatorCoveredTables })).findings;
};

beforeAll(async () => {
  otherSide = await openOtherSide();
  database = await openScratchDatabase();
  await runMigrations(database.db, [ledgerMigrations, policyMigrations, investigatorMigrations]);
  value(await act((tx) => installFirstPeople(tx, [one, two], { by: 'operator', at: ago(60) })));
  const asked = { requestedBy: one.id, reason: 'new colleague', at: ago(55) };
  await approve(value(await act((tx) => requestPerson(tx, three, asked))).digest, two);
  const role = { caseRef, person: one.id, role: 'lead' } as const;
  const granting = { requestedBy: two.id, reason: 'leads the case', at: ago(54) };
  value(await act((tx) => openCase(tx, { caseRef, title: 'Storage provider', by: 'staff-1', at: ago(50) })));
  await approve(value(await act((tx) => requestRole(tx, role, granting))).digest, three);
  const text = 'prefix,holder,country\n203.0.113.0/24,AS64500 North Net,PY\n198.51.100.0/24,AS64501 South Net,BR\n';
  const ranges = { kind: 'table', name: 'as.csv', text, published: '2026-03-01' } as const;
  expect(value(await act((tx) => importRanges(tx, ranges, by()))).ranges).toBe(2);
  const north = { ...provider, provider_id: 'north', exchange_url: otherSide.url };
  value(await act((tx) => noteProvider(tx, north, by())));
});
afterAll(async () => {
  await otherSide.close();
  await database.close();
});

describe('observations', () => {
  test('are kept with their document; hearsay, inside addresses and times without zone are a place and a code', async () => {
    const import_ = { caseRef, name: 'p2p.csv', text: `${header}\n${records}\n`, settings };
    const imported = value(await act((tx) => importObserved(tx, import_, by())));
    expect(imported).toMatchObject({
      usable: 5,
      refused: 3,
      codes: { CONTACT_HEARSAY: 1, ADDRESS_NOT_PUBLIC: 1, TIME_NO_ZONE: 1 },
    });
    const kept = await sql<{ text: string }>`select observation::text as text from investigator.observation`.execute(
      database.db,
    );
    const all = kept.rows.map(({ text }) => text).join('\n');
    for (const hidden of ['203.0.113.11', '100.64.7.21', '203.0.113.12']) expect(all).not.toContain(hidden);
    expect(codeOf(await act((tx) => importObserved(tx, import_, by())))).toBe('imported-already');
  });

  test('are grouped by whose addresses they are, and one that no file knows is a row', async () => {
    const groups = await groupObservations(database.db, caseRef);
    expect(groups.map(({ providerId, holder, observations }) => [providerId, holder, observations])).toEqual([
      ['north', 'North Net', 3],
      [undefined, 'AS64501 South Net', 1],
      [undefined, undefined, 1],
    ]);
    expect(groups[0]).toMatchObject({ withoutPort: 1, clockUnknown: 1, unconfirmed: 1, asked: 0 });
  });

  test('tell beforehand what asking yields: a number where the port is missing behind a NAT', async () => {
    const preview = value(await previewOrder(database.db, { caseRef, providerId: 'north' }));
    expect(preview.observations.map(({ prospect }) => prospect)).toEqual([
      { kind: 'one', qualified: 'no' },
      { kind: 'a-number', candidates: 200 },
    ]);
    expect([preview.unconfirmed.length, preview.asked]).toEqual([1, []]);
  });

  test('that were typed wait for a second person with the document', async () => {
    const { unconfirmed } = value(await previewOrder(database.db, { caseRef, providerId: 'north' }));
    const typed = unconfirmed[0]?.observationId as ObservationId;
    const confirm = (who: string, documentSha256: string) =>
      act((tx) => confirmObservation(tx, { caseRef, observationId: typed, documentSha256 }, by(who)));
    expect(codeOf(await confirm('staff-1', document))).toBe('same-person');
    expect(codeOf(await confirm('staff-2', '0'.repeat(64)))).toBe('other-document');
    expect(value(await confirm('staff-2', document))).toBe('confirmed');
  });
});

describe('an order', () => {
  const wish = (authorityId: AuthorityId): OrderWish => ({
    caseRef,
    providerId: 'north',
    authorityId,
    purpose: 'investigation',
    disclose: 'identity',
    qualified: 'withheld',
    together: 'separate',
  });
  const draft = (authorityId: AuthorityId) => act((tx) => draftOrder(tx, wish(authorityId), by()));

  test('needs a production order in force that covers every address', async () => {
    expect(codeOf(await draft(randomUUID() as unknown as AuthorityId))).toBe('no-production-order');
    const narrow = await authorise(productionOrder({ addresses: ['203.0.113.9'] }));
    expect(codeOf(await draft(narrow))).toBe('outside-authority');
    const warrant = await authorise({ ...productionOrder(), kind: 'warrant' });
    expect(codeOf(await draft(warrant))).toBe('no-production-order');
  });

  test("goes out after two approvals with this provider's rows alone, again after trouble, and its answers are attached", async () => {
    const order = value(await draft(await authorise(productionOrder())));
    const { order_id: orderId } = order;
    const { digest, needed } = value(await act((tx) => askToSend(tx, { orderId, reason: 'who had them' }, by())));
    expect(needed).toBe(2);
    const started: string[] = [];
    const engine = { start: async (_: Tx, { id }: { readonly id: string }) => void started.push(id) };
    const send = () => act((tx) => sendOrder(tx, engine, { orderId, digest }, by()));
    await approve(digest, two);
    expect(codeOf(await send())).toBe('too-few');
    await approve(digest, three);
    expect(value(await send())).toMatchObject({ state: 'sending' });
    expect(started).toEqual([`investigator/order/${orderId}/0`]);

    const credentialOf = async () => 'key-1';
    const deps = { db: database.db, clock: systemClock, credentialOf, log: () => {} };
    await carryOrder(deps, orderId);
    expect(await viewOrder(database.db, orderId, ago(0))).toMatchObject({ state: 'sending', overdue: 'in-time' });
    await carryOrder(deps, orderId);
    expect(await viewOrder(database.db, orderId, ago(0))).toMatchObject({ state: 'waiting' });
    expect(otherSide.received).toHaveLength(1);
    expect(otherSide.received[0]?.observations.map(({ ip }) => ip)).toEqual([
      '203.0.113.9',
      '203.0.113.9',
      '203.0.113.10',
    ]);
    expect(JSON.stringify(otherSide.received)).not.toMatch(/198\.51\.100|192\.0\.2\.77/);
    otherSide.release();
    await carryOrder(deps, orderId);
    const view = await viewOrder(database.db, orderId, ago(0));
    expect(view).toMatchObject({ state: 'answered', overdue: 'not-awaited' });
    expect(
      view?.observations.map(({ answer, identity }) => [answer?.outcome, answer?.reasons, identity?.name]),
    ).toEqual([
      ['EXACT_ONE', [], 'Somebody'],
      ['N_CANDIDATES', ['PORT_MISSING'], undefined],
      ['N_CANDIDATES', ['PORT_MISSING'], undefined],
    ]);
    expect(view?.observations[0]?.answer).toMatchObject({
      margin: { before: { ms: 412_000 } },
      caveats: ['SUBSCRIBER_IS_NOT_USER'],
    });
    await carryOrder(deps, orderId);
    expect(codeOf(await draft(order.authority_id))).toBe('nothing-to-ask');
    const left = value(await previewOrder(database.db, { caseRef, providerId: 'north' }));
    expect(left).toMatchObject({ observations: [], unconfirmed: [] });
    expect(left.asked).toMatchObject([{ orderId: order.order_id, observations: 3 }]);
    expect(await findings()).toEqual([]);
  });

  test('is in the material of a package with its answers, both documents byte for byte, and its records name nobody', async () => {
    const { orders, answers, items = [] } = await orderMaterial(database, caseRef);
    expect(orders).toMatchObject([
      { id: 'order-1', addressee: 'North Net', disclosure: 'identity', questions: [{ port: 20481 }, {}, {}] },
    ]);
    expect(answers).toMatchObject([
      {
        question: 1,
        outcome: 'EXACT_ONE',
        margin: { beforeSeconds: 412 },
        subscriber: 'subscriber-1',
        caveats: ['SUBSCRIBER_IS_NOT_USER'],
      },
      { question: 2, outcome: 'N_CANDIDATES', candidates: 187, reasons: ['PORT_MISSING'] },
      { question: 3, outcome: 'N_CANDIDATES' },
    ]);
    expect(answers?.[0]?.margin).not.toHaveProperty('afterSeconds');
    expect(JSON.stringify([orders, answers])).not.toMatch(/Somebody|efefef/);
    const texts: string[] = [];
    for (const { digests, open } of items) {
      const bytes: Uint8Array[] = [];
      for await (const chunk of value(await open())) bytes.push(chunk);
      const whole = Buffer.concat(bytes);
      expect(createHash('sha256').update(whole).digest('hex')).toBe(digests.sha256);
      texts.push(whole.toString('utf8'));
    }
    expect(items.map(({ digests }) => digests.sha256)).toEqual([
      orders?.[0]?.documentSha256,
      answers?.[0]?.documentSha256,
    ]);
    expect(texts[1]).toContain('Somebody');
  });

  test("becomes a letter in the provider's language, with the order as data inside, the same file each time", async () => {
    const input = { document: otherSide.received[0] as OrderDocument, sha256: document, dueAt: '2026-04-01' };
    const texts = (['en', 'es', 'pt'] as const).map((language) => emailText({ ...input, language }).body);
    expect(texts.map((text) => /203\.0\.113\.9 \| 20481 \| tcp \| 2026-03-02T18:04:05\.250Z/.test(text))).toEqual([
      true,
      true,
      true,
    ]);
    expect(texts[1]).toContain('no consta');
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    const [first, again] = [
      await letterPdf({ ...input, language: 'pt' }),
      await letterPdf({ ...input, language: 'pt' }),
    ];
    expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    expect(digest(first)).toBe(digest(again));
  });

  test('by letter is answered by what one person types off and another compares with the letter', async () => {
    const letters = { ...provider, provider_id: 'letters', holders: ['AS64501 South Net'], exchange_url: null };
    value(await act((tx) => noteProvider(tx, letters, by())));
    const authority = await authorise(productionOrder());
    const order = value(await act((tx) => draftOrder(tx, { ...wish(authority), providerId: 'letters' }, by())));
    const { order_id: orderId } = order;
    const { digest } = value(await act((tx) => askToSend(tx, { orderId, reason: 'who had it' }, by())));
    await approve(digest, two);
    await approve(digest, three);
    const engine = { start: async () => expect.fail('a letter is carried by nobody') };
    expect(value(await act((tx) => sendOrder(tx, engine, { orderId, digest }, by())))).toMatchObject({ way: 'letter' });

    const today = by().at.slice(0, 10);
    const post = (postedOn: string) =>
      act((tx) => notePosted(tx, { orderId, postedOn, way: 'registered-post', receipt: 'RR123456789PY' }, by()));
    for (const day of ['2026-02-30', '2020-01-01', '2999-01-01'])
      expect(codeOf(await post(day))).toBe('day-impossible');
    value(await post(today));
    expect(codeOf(await post(today))).toBe('posted-before');
    const posted = { on: today, way: 'registered-post', receipt: 'RR123456789PY', notedBy: 'staff-1' };
    expect(await viewOrder(database.db, orderId, ago(0))).toMatchObject({ state: 'waiting', posted });

    const scanSha256 = '5c'.repeat(32);
    const enter = (typed: object, who = 'staff-2') =>
      act((tx) => enterLetterAnswer(tx, { orderId, scanSha256, typed: typed as never }, by(who)));
    const check = (who: string, sha256 = scanSha256) =>
      act((tx) => checkLetterAnswer(tx, { orderId, scanSha256: sha256 }, by(who)));
    const subscriber = { name: 'A. Person', line: 'shared', installationAddress: '1 Street', billingAddress: '2 Road' };
    const one = { question: 1, outcome: 'ONE_QUALIFIED', subscriber, reasons: ['END_INFERRED_LEASE_EXPIRY'] };
    const several = { question: 1, outcome: 'N_CANDIDATES', candidates: 3 };
    const letter = (answers: readonly object[]) => ({ dated: '2026-03-20', answers });
    expect(codeOf(await check('staff-3'))).toBe('nothing-to-check');
    for (const wrong of [letter([]), letter([one, one]), letter([{ ...one, outcome: 'PROBABLY' }]), {}])
      expect(codeOf(await enter(wrong))).toBe('transcription-malformed');
    expect(codeOf(await enter(letter([{ ...several, subscriber }])))).toBe('names-with-several');
    value(await enter(letter([several])));
    value(await enter(letter([{ ...one, marginSeconds: { before: 90, after: 400.5 } }])));
    expect(await viewOrder(database.db, orderId, ago(0))).toMatchObject({
      state: 'waiting',
      observations: [{ answer: null }],
      letter: { transcribedBy: 'staff-2', checkedBy: null },
    });
    expect(codeOf(await check('staff-2'))).toBe('same-person');
    expect(codeOf(await check('staff-3', 'ff'.repeat(32)))).toBe('other-document');
    value(await check('staff-3'));
    expect(codeOf(await enter(letter([several])))).toBe('not-waiting');
    expect(await viewOrder(database.db, orderId, ago(0))).toMatchObject({
      state: 'answered',
      letter: { scanSha256, transcribedBy: 'staff-2', checkedBy: 'staff-3' },
      observations: [
        {
          answer: {
            outcome: 'ONE_QUALIFIED',
            recordSha256: scanSha256,
            margin: { before: { kind: 'exact', ms: 90_000 }, after: { ms: 400_500 } },
            caveats: ['SUBSCRIBER_IS_NOT_USER'],
          },
          identity: { name: 'A. Person', reasons: ['BUSINESS_OR_SHARED_LINE', 'BILLING_NE_INSTALLATION_ADDRESS'] },
        },
      ],
    });
    const { answers } = await orderMaterial(database, caseRef);
    expect(answers?.at(-1)).toMatchObject({
      outcome: 'ONE_QUALIFIED',
      margin: { beforeSeconds: 90 },
      caveats: ['SUBSCRIBER_IS_NOT_USER'],
    });
    expect(JSON.stringify(answers)).not.toContain('A. Person');
    expect(await findings()).toEqual([]);
  });
});
