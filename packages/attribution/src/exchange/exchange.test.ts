import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../observation/observation.js';
import { readObservation } from '../observation/read-observation.js';
import { readAnswerDocument } from './answer-document.js';
import { askedOf, fieldsOfAsked, readAlike } from './asked-observation.js';
import { disclosureOrderOf, type OrderDocument, orderDigest, readOrderDocument } from './order-document.js';

const settings = { documentation: 'allow', hours: 24, abbreviations: { BST: 'Europe/London' } } as const;
const receiver = { ...settings, abbreviations: {} } as const;

const order = (): OrderDocument => ({
  format: 'tutela-attribution-order/1',
  reference: 'case-7/1',
  issuedBy: 'Ontario Court of Justice',
  issuedAt: '2026-03-03T09:00:00.000Z',
  expiresAt: '2026-04-03T09:00:00.000Z',
  documentSha256: 'ab'.repeat(32),
  purpose: 'investigation',
  offence: 's. 163.1',
  scope: [{ addresses: '203.0.113.9', from: '2026-03-02T00:00:00.000Z', to: '2026-03-03T00:00:00.000Z' }],
  disclose: 'handle',
  qualified: 'withheld',
  maxCandidates: 1,
  together: 'separate',
  observations: [
    {
      ip: '203.0.113.9',
      port: 20_481,
      proto: 'tcp',
      from: { text: '2026-03-02T18:04:05.250Z', utc: '2026-03-02T18:04:05.250Z' },
      clock: { errorSeconds: 1 },
      role: 'connection-source',
      sourceDocument: 'cd'.repeat(32),
      entry: 'electronic',
    },
  ],
});

const read = (observation: Parameters<typeof readObservation>[0], by: Parameters<typeof readObservation>[1]) => {
  const outcome = readObservation(observation, by);
  if (outcome.kind !== 'done') throw new Error(outcome.reason.code);
  return outcome.value;
};

/** What has to arrive: everything but how the time was spelled. */
const meaning = ({ from, to, ...rest }: Observation) => ({
  ...rest,
  from: [from.at, from.precisionMs],
  to: [to.at, to.precisionMs],
});

describe('an observation on its way', () => {
  test('arrives with the meaning it had, and both sides read the same moments', () => {
    const text = fc.oneof(
      fc.tuple(fc.integer({ min: 0, max: 59 }), fc.constantFrom('Z', '-03:00', ' America/Asuncion', ' BST')),
      fc.tuple(fc.integer({ min: 0, max: 59 }), fc.constantFrom('.250Z', '.5 Europe/Berlin')),
    );
    const fields = fc.record({
      ip: fc.constantFrom('203.0.113.9', '2001:db8:12::7', '::ffff:203.0.113.9'),
      ends: fc.constantFrom({ port: '', proto: '' }, { port: '20481', proto: 'tcp' }, { port: '7', proto: '17' }),
      dest: fc.constantFrom({ destIp: '', destPort: '' }, { destIp: '198.51.100.80', destPort: '443' }),
      second: text,
      window: fc.boolean(),
      clockErrorSeconds: fc.oneof(
        fc.constant('unknown'),
        fc.integer({ min: 0, max: 9999 }).map((ms) => `${ms / 1000}`),
      ),
      clockOffsetSeconds: fc.constantFrom('', '-412.5', '3'),
      role: fc.constantFrom('connection-source', 'listening-endpoint'),
      contact: fc.constantFrom('', 'D3', 'D1'),
      entry: fc.constantFrom('electronic', 'transcribed'),
    });
    fc.assert(
      fc.property(fields, ({ ends, dest, second: [second, zone], window, ...plain }) => {
        const from = `2026-07-02 18:04:${String(second).padStart(2, '0')}${zone}`;
        const to = window ? from.replace('18:04', '18:05') : '';
        const more = { clockSyncedTo: '', sourceDocument: 'cd'.repeat(32) };
        const observation = read({ ...plain, ...ends, ...dest, ...more, from, to }, settings);
        const asked = askedOf(observation);
        if (asked === undefined) throw new Error('not asked');
        const outcome = readOrderDocument({ ...order(), observations: [JSON.parse(JSON.stringify(asked))] });
        if (outcome.kind !== 'done') throw new Error(outcome.reason.message);
        const arrived = read(fieldsOfAsked(outcome.value.observations[0]!), receiver);
        expect(meaning(arrived)).toEqual(meaning(observation));
        expect(readAlike(asked, arrived)).toBe('alike');
      }),
      { numRuns: 200 },
    );
  });

  test('is told from one whose time the two sides read differently', () => {
    const [asked] = order().observations;
    const arrived = read(fieldsOfAsked(asked!), receiver);
    const other = { ...asked!, from: { ...asked!.from, utc: '2026-03-02T19:04:05.250Z' } };
    expect(readAlike(other, arrived)).toBe('differently');
  });

  test('is none when others said so', () => {
    const [asked] = order().observations;
    const observation = read(fieldsOfAsked(asked!), receiver);
    expect(askedOf({ ...observation, contact: 'H' })).toBeUndefined();
    expect(askedOf({ ...observation, role: 'announced-only' })).toBeUndefined();
  });
});

describe('an order document', () => {
  test.each<[string, object, string]>([
    ['a member nobody knows', { wanted: 'all' }, 'order-malformed'],
    ['no observation', { observations: [] }, 'order-malformed'],
    ['no place for hearsay', { observations: [{ ...order().observations[0], contact: 'H' }] }, 'order-malformed'],
    ['a day that no calendar shows', { expiresAt: '2026-04-31T09:00:00.000Z' }, 'order-malformed'],
    ['a window that ends before it begins', { expiresAt: '2026-03-01T00:00:00.000Z' }, 'window-reversed'],
    ['a scope with host bits', { scope: [{ ...order().scope[0], addresses: '203.0.113.9/24' }] }, 'scope-malformed'],
    ['a scope of everybody', { scope: [{ ...order().scope[0], addresses: '0.0.0.0/0' }] }, 'scope-too-wide'],
    ['a padded address', { scope: [{ ...order().scope[0], addresses: '203.000.113.9' }] }, 'scope-malformed'],
  ])('is refused for %s', (_, change, code) => {
    expect(readOrderDocument({ ...order(), ...change })).toMatchObject({ kind: 'refused', reason: { code } });
  });

  test('has one digest, whatever the order of its members', () => {
    const turned = Object.fromEntries(Object.entries(order()).reverse()) as unknown as OrderDocument;
    expect(orderDigest(turned)).toBe(orderDigest(order()));
    expect(disclosureOrderOf('o', order())).toMatchObject({
      sha256: orderDigest(order()),
      scope: [{ addresses: { version: 4, length: 32 }, from: Date.parse('2026-03-02T00:00:00Z') }],
    });
  });
});

test('an answer of several candidates has no place for anybody', () => {
  const released = {
    order: { id: 'o', sha256: 'ab'.repeat(32) },
    reasons: ['CANDIDATES_EXCEED_ORDER'],
    window: { from: 0, to: 1 },
    caveats: ['SUBSCRIBER_IS_NOT_USER'],
    outcome: 'N_CANDIDATES',
    candidates: 3,
    floor: 1 / 3,
  };
  const document = (answer: object) => ({
    format: 'tutela-attribution-answers/1',
    orderId: 'o',
    orderSha256: 'ab'.repeat(32),
    reference: 'r',
    releasedAt: '2026-03-03T09:00:00.000Z',
    answers: [{ answerId: 'a', recordSha256: 'cd'.repeat(32), released: answer }],
    identities: [],
  });
  expect(readAnswerDocument(document(released)).kind).toBe('done');
  expect(readAnswerDocument(document({ ...released, subscriber: 'ab'.repeat(16) })).kind).toBe('refused');
});
