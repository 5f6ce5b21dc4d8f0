import { canonicalJson, type JsonObject, toInstant } from '@tutela/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkOpening, commit } from './commitment.js';
import { decodeEntry, type Entry, encodeEntry } from './entry.js';
import { nodeHasher, randomPieces } from './node-crypto.js';
import { flipBit } from './tree/model.test-support.js';

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const identifier = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !/\p{Cc}/u.test(text));
const caseLink = fc.oneof(
  fc.record({}),
  fc.record({ caseRef: identifier }),
  fc.record({ caseRef: identifier, caseSeq: fc.constant(1) }),
  fc.record({ caseRef: identifier, caseSeq: fc.integer({ min: 2 }), casePrev: digest }),
);
const entries: fc.Arbitrary<Entry> = fc
  .tuple(
    fc.record({
      v: fc.constant(1 as const),
      type: fc.constantFrom('platform.report-filed', 'list.imported'),
      actor: identifier,
      at: fc
        .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
        .map(toInstant),
      subjects: fc.array(identifier, { maxLength: 4 }),
      commitment: digest,
    }),
    caseLink,
  )
  .map(([draft, link]) => ({ ...draft, ...link }));

test('an entry reads back the same', () => {
  fc.assert(
    fc.property(entries, (entry) => {
      expect(decodeEntry(encodeEntry(entry))).toEqual({ kind: 'done', value: entry });
    }),
  );
});

const plain: Entry = {
  v: 1,
  type: 'platform.report-filed',
  actor: 'staff-7',
  at: toInstant(new Date(0)),
  subjects: ['report-1'],
  commitment: 'ab'.repeat(32),
};
const { v: _, ...withoutVersion } = plain;

test.each<[string, object]>([
  ['an unknown member', { ...plain, note: 'x' }],
  ['another version', { ...plain, v: 2 }],
  ['no version', withoutVersion],
  ['a type with a space', { ...plain, type: 'report filed' }],
  ['no actor', { ...plain, actor: '' }],
  ['a time with a zone', { ...plain, at: '2026-03-01T10:15:00.000-03:00' }],
  ['a time without milliseconds', { ...plain, at: '2026-03-01T10:15:00Z' }],
  ['an empty subject', { ...plain, subjects: [''] }],
  ['a control character', { ...plain, subjects: ['a\nb'] }],
  ['half a letter', { ...plain, actor: '\ud800' }],
  ['a case reference of 201 letters', { ...plain, caseRef: 'c'.repeat(201) }],
  ['a commitment in upper case', { ...plain, commitment: 'AB'.repeat(32) }],
  ['a case counter without case', { ...plain, caseSeq: 1 }],
  ['a case counter of 0', { ...plain, caseRef: 'c', caseSeq: 0 }],
  ['a first entry with a previous one', { ...plain, caseRef: 'c', caseSeq: 1, casePrev: 'ab'.repeat(32) }],
  ['a second entry without', { ...plain, caseRef: 'c', caseSeq: 2 }],
])('%s is refused both ways', (_, value) => {
  expect(() => encodeEntry(value as Entry)).toThrow();
  expect(decodeEntry(Buffer.from(JSON.stringify(value)))).toMatchObject({ reason: { code: 'malformed-entry' } });
});

test('the text of an entry is that of RFC 8785', () => {
  fc.assert(
    fc.property(entries, (entry) => {
      expect(new TextDecoder().decode(encodeEntry(entry))).toBe(canonicalJson(entry as unknown as JsonObject));
    }),
  );
});

test('an entry beyond 65,535 bytes is refused', () => {
  const subjects = Array.from({ length: 100 }, () => 'x'.repeat(1000));
  expect(() => encodeEntry({ ...plain, subjects })).toThrow('65535');
});

test.each([
  ['white space', (text: string) => text.replace(':', ': ')],
  ['members out of order', () => JSON.stringify(plain)],
  ['a member twice', (text: string) => text.replace('"v":1', '"v":2,"v":1')],
  ['trailing data', (text: string) => `${text}{}`],
  ['half of it', (text: string) => text.slice(0, 40)],
])('text with %s is not the entry', (_, change) => {
  const text = Buffer.from(encodeEntry(plain)).toString();
  expect(decodeEntry(Buffer.from(change(text))).kind).toBe('refused');
});

test('a commitment opens with its key and payload, and with nothing else', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), fc.nat(), (payload, bit) => {
      const key = randomPieces(1, 32)();
      const commitment = commit(nodeHasher, key, payload as JsonObject);
      expect(checkOpening(nodeHasher, commitment, { key, payload })).toBe('opens');
      expect(checkOpening(nodeHasher, commitment, { key: flipBit(key, bit), payload })).toBe('does-not-open');
      expect(checkOpening(nodeHasher, commitment, { key, payload: { ...payload, more: '' } })).toBe('does-not-open');
    }),
  );
});
