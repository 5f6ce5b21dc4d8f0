import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHashList } from '../read-hash-list.js';
import {
  type ExchangeEntry,
  type ExchangeMember,
  type FeedbackReason,
  fingerprintTypes,
  largeTypes,
  type QueryResult,
} from './documents.js';
import {
  formatCategorizations,
  formatFeedback,
  formatMembers,
  formatReasons,
  formatStatus,
  parseCategorizations,
  parseFeedback,
  parseMembers,
  parseReasons,
  parseStatus,
} from './other-documents.js';
import { formatQueryResult, parseQueryResult } from './query-result.js';

const words = fc
  .string({ unit: fc.constantFrom('a', 'Ä', '&', '<', '>', '"', "'", ']', '😀', ' ', '-', '1'), minLength: 1 })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const member: fc.Arbitrary<ExchangeMember> = fc.record({ id: fc.nat(99_999), name: words });
const reason: fc.Arbitrary<FeedbackReason> = fc.record({ guid: fc.uuid(), name: words });
const hex = (digits: number) =>
  fc.string({ unit: fc.nat(15).map((digit) => digit.toString(16)), minLength: digits, maxLength: digits });
const timestamp = fc
  .integer({ min: 0, max: 4_000_000_000 })
  .map((seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`);
const facts = {
  media: fc.constantFrom('image' as const, 'video' as const),
  member,
  timestamp,
  id: words,
};
const opinions = fc.uniqueArray(
  fc.record({
    type: fc.constantFrom(...fingerprintTypes),
    affirmative: fc.array(member, { minLength: 1, maxLength: 2 }),
    negative: fc.array(fc.record({ reason, members: fc.array(member, { minLength: 1, maxLength: 2 }) }), {
      maxLength: 2,
    }),
  }),
  { selector: ({ type }) => type, minLength: 1, maxLength: 3 },
);
const shared = fc.record(
  {
    kind: fc.constant('shared' as const),
    ...facts,
    classification: words,
    fingerprints: fc.record({ MD5: hex(32), SHA1: hex(40), PDQ: hex(64), PDNA: hex(288) }, { requiredKeys: [] }),
    large: fc.dictionary(
      fc.constantFrom(...largeTypes),
      fc.webPath().map((path) => `/v2${path}x`),
      { noNullPrototype: true },
    ),
    feedback: fc.record({ lastUpdate: timestamp, opinions }),
  },
  { requiredKeys: ['kind', 'media', 'member', 'timestamp', 'id', 'fingerprints', 'large'] },
);
const deleted = fc.record({ kind: fc.constant('deleted' as const), ...facts });
const result = fc.record(
  { entries: fc.array(fc.oneof(shared, deleted) as fc.Arbitrary<ExchangeEntry>, { maxLength: 6 }), next: words },
  { requiredKeys: ['entries'] },
) as fc.Arbitrary<QueryResult>;

/** Images stand before videos, and opinions in the order of the types. */
const inOrder = ({ entries, ...rest }: QueryResult): QueryResult => ({
  ...rest,
  entries: [...entries].sort((one, other) => one.media.localeCompare(other.media)).map(sortOpinions),
});
const sortOpinions = (entry: ExchangeEntry): ExchangeEntry =>
  entry.kind === 'deleted' || entry.feedback === undefined
    ? entry
    : {
        ...entry,
        feedback: {
          ...entry.feedback,
          opinions: [...entry.feedback.opinions].sort(
            (one, other) => fingerprintTypes.indexOf(one.type) - fingerprintTypes.indexOf(other.type),
          ),
        },
      };

describe('documents of the exchange', () => {
  test('a page reads back as it was written', () => {
    fc.assert(
      fc.property(result, (page) => {
        expect(parseQueryResult(formatQueryResult(page))).toEqual(inOrder(page));
      }),
    );
  });

  test('the reader of lists finds in a page what was written', async () => {
    await fc.assert(
      fc.asyncProperty(result, async (page) => {
        const reading = readHashList(Buffer.from(formatQueryResult(page)), { format: 'ncmec-v2' });
        let items = 0;
        for await (const _ of reading) items++;
        expect(items).toBe(page.entries.length);
        expect(reading.summary().withdrawn).toBe(page.entries.filter(({ kind }) => kind === 'deleted').length);
        expect(reading.summary().page.next).toBe(page.next);
      }),
      { numRuns: 50 },
    );
  });

  test('the other documents read back as they were written', () => {
    fc.assert(
      fc.property(fc.record({ ipAddress: fc.ipV4(), username: words, member }), fc.array(member), (status, members) => {
        expect(parseStatus(formatStatus(status))).toEqual(status);
        expect(parseMembers(formatMembers(members))).toEqual(members);
      }),
    );
    const groups = fc.array(
      fc.record({
        name: words,
        allowMultiple: fc.constantFrom('true' as const, 'false' as const),
        categorizations: fc.array(reason),
      }),
    );
    fc.assert(
      fc.property(groups, fc.array(reason), fc.array(fc.uuid(), { minLength: 1 }), (categories, reasons, guids) => {
        expect(parseCategorizations(formatCategorizations(categories))).toEqual(categories);
        expect(parseReasons(formatReasons('MD5', reasons))).toEqual(reasons);
        for (const said of [{ kind: 'affirmative' }, { kind: 'negative', reasons: guids }] as const)
          expect(parseFeedback(formatFeedback(said))).toEqual(said);
      }),
    );
  });

  test('an entry stands in the order of the schema, and the newest change on the group', () => {
    const text = formatQueryResult({
      entries: [
        {
          kind: 'shared',
          media: 'image',
          member: { id: 42, name: 'Example' },
          timestamp: '2026-03-01T00:00:05Z',
          id: 'img-1',
          classification: 'A1',
          fingerprints: { PDQ: 'f'.repeat(64), MD5: 'a'.repeat(32) },
          large: { TMK_PDQF: '/v2/entries/42/img-1/fingerprints/TMK_PDQF' },
        },
      ],
      next: '/v2/entries?from=a&start=1001',
    });
    expect(text).toContain('<images count="1" maxTimestamp="2026-03-01T00:00:05Z"><image><member id="42">');
    expect(text).toMatch(/<member .*<timestamp>.*<id>.*<classification>.*<fingerprints><md5>.*<pdq>.*<tmk-pdqf rel=/);
    expect(text).toContain('<videos count="0"/><paging><next>/v2/entries?from=a&amp;start=1001</next></paging>');
  });

  test.each([
    ['a document type', '<!DOCTYPE x><feedbackSubmission xmlns="https://hashsharing.ncmec.org/hashsharing/v2"/>'],
    ['another root', '<x xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><affirmative/></x>'],
    ['no namespace', '<feedbackSubmission><affirmative/></feedbackSubmission>'],
    ['no opinion', '<feedbackSubmission xmlns="https://hashsharing.ncmec.org/hashsharing/v2"/>'],
    [
      'both opinions',
      '<feedbackSubmission xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><affirmative/><negative><reasonIds><guid>a</guid></reasonIds></negative></feedbackSubmission>',
    ],
  ])('feedback with %s is refused', (_, text) => {
    expect(() => parseFeedback(text)).toThrow();
  });
});
