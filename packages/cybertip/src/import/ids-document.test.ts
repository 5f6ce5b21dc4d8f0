import type { UtcInstant } from '@tutela/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idsMoment } from '../export/captures.js';
import { toIdsJson } from '../export/ids-report.js';
import { arbitraryOf } from '../schema/arbitrary.test-support.js';
import { type FileDetails, fileDetails, type Report, report } from '../schema/documents.js';
import type { FileId, ReportNumber } from '../schema/values.js';
import type { DeliveredReport } from './delivered.js';
import { largestIdsDocument, readIdsDocument } from './ids-document.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (value: unknown): DeliveredReport => {
  const reading = readIdsDocument(utf8(JSON.stringify(value)));
  if (reading.kind !== 'done') throw new Error(reading.reason.message);
  return reading.value;
};
const about = (reportedInformation: unknown) => read({ reportId: '1', reportedInformation });

/** Texts, numbers and flags anywhere in a value, as text. */
const leavesOf = (value: unknown): readonly string[] => {
  if (value === null || value === undefined || value === '' || value === 'N/A') return [];
  if (typeof value === 'object') return Object.values(value).flatMap(leavesOf);
  return [typeof value === 'string' ? value : JSON.stringify(value)];
};
const storable = (text: string): string => text.replaceAll(/[\0\p{Surrogate}]/gu, '\ufffd');

describe('what is exported', () => {
  const dialect = { mode: 'docs', version: '2026-09' } as const;
  const sent = fc.record({
    of: arbitraryOf(report.type, dialect) as fc.Arbitrary<Report>,
    details: arbitraryOf(fileDetails.type, dialect) as fc.Arbitrary<FileDetails>,
  });
  const exported = ({ of, details }: { of: Report; details: FileDetails }) =>
    toIdsJson({
      reportId: '1000001' as ReportNumber,
      receivedAt: '2026-03-01T12:00:00.500Z' as UtcInstant,
      organisation: 'Platform Ltd',
      report: of,
      files: [{ fileId: 'f'.repeat(32) as FileId, name: 'a.png', md5: 'b'.repeat(32), details }],
    });

  test('what is exported is read again, with nothing lost and nothing left over', () => {
    fc.assert(
      fc.property(sent, (value) => {
        const json = exported(value);
        const reading = read(json);
        expect(reading.notes.filter(({ kind }) => kind !== 'altered')).toEqual([]);
        const told = leavesOf(reading);
        for (const leaf of leavesOf(json)) {
          if (!told.some((it) => it.includes(storable(leaf)))) throw new Error(JSON.stringify(leaf));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('flags, ports, moments and roles come back as the reporter sent them', () => {
    const portsOf = (events: readonly { readonly port?: number }[] = []) => events.map(({ port }) => port ?? null);
    fc.assert(
      fc.property(sent, (value) => {
        const { persons, files, ...reading } = read(exported(value));
        const { personOrUserReported: people = [], intendedRecipient: recipients = [], incidentSummary } = value.of;
        expect(reading.received?.at).toBe('2026-03-01T12:00:00.000Z');
        expect(reading.incident?.stated ?? null).toBe(idsMoment(incidentSummary.incidentDateTime));
        expect(persons.map(({ role }) => role)).toEqual([
          ...people.map(() => 'reported'),
          ...recipients.map(() => 'intended-recipient'),
        ]);
        expect(
          persons.map((it) => it.captures.filter(({ type }) => type === 'IP Address').map(({ port }) => port)),
        ).toEqual([...people, ...recipients].map(({ ipCaptureEvent }) => portsOf(ipCaptureEvent)));
        expect(files).toMatchObject([
          {
            name: 'a.png',
            verificationHash: 'b'.repeat(32),
            viewedByEsp: value.details.fileViewedByEsp ?? null,
            exifViewedByEsp: value.details.exifViewedByEsp ?? null,
          },
        ]);
        expect(files[0]?.uploaded?.stated ?? null).toBe(idsMoment(value.details.uploadedToEspTimestamp));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a document as it is delivered', () => {
  const plain = { reportId: 123_456_789, reportedInformation: null };

  test('may begin with a byte order mark, and its number may be a number', () => {
    const bytes = utf8(`\ufeff${JSON.stringify(plain)}`);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(readIdsDocument(bytes)).toMatchObject({ kind: 'done', value: { reportId: '123456789', notes: [] } });
  });

  test('may lack or null any member', () => {
    expect(read(plain)).toMatchObject({ received: null, incident: null, persons: [], files: [], texts: [] });
    const empty = about({
      reportedPeople: { reportedPersons: [{ emails: null }, null] },
      uploadedFiles: { uploadedFiles: [{}] },
    });
    expect(empty.persons).toMatchObject([{ emails: [], captures: [], firstName: null }]);
    expect(empty.files).toMatchObject([{ viewedByEsp: null, verificationHash: null, uploaded: null }]);
    expect(empty.notes).toEqual([]);
  });

  test('may wrap its lists or not', () => {
    const emails = [{ value: 'a@b.example', verified: true }];
    for (const written of [emails, { emails }, emails[0]]) {
      for (const people of [[{ emails: written }], { reportedPersons: [{ emails: written }] }]) {
        const [person] = about({ reportedPeople: people }).persons;
        expect(person?.emails).toEqual([{ value: 'a@b.example', verified: true, others: {} }]);
      }
    }
  });

  test('states a port as number or text, and a moment without a zone names none', () => {
    const sourceInformation = {
      sourceCaptures: [
        { captureType: 'IP Address', value: '192.0.2.7', port: '51344', dateTime: '2026-03-01T10:15:00Z' },
        { captureType: 'IP Address', value: '2001:db8::7', port: 70_000, dateTime: '2026-03-01 10:15' },
      ],
    };
    const { files, notes } = about({ uploadedFiles: { uploadedFiles: [{ sourceInformation }] } });
    expect(files[0]?.captures).toMatchObject([
      { port: 51_344, at: { at: '2026-03-01T10:15:00.000Z' } },
      { port: null, at: { stated: '2026-03-01 10:15', at: null } },
    ]);
    expect(notes).toMatchObject([
      { kind: 'not-of-its-kind', path: expect.stringMatching(/sourceCaptures\[1\]\.port$/) },
    ]);
  });

  test('tells the upload where Dropbox tells it', () => {
    const espMetadata = { metadatas: [{ name: 'Upload Date and Time', value: '2026-03-01T10:15:00Z' }] };
    const { files } = about({ uploadedFiles: { uploadedFiles: [{ espMetadata }] } });
    expect(files[0]?.uploaded).toEqual({
      stated: '2026-03-01T10:15:00Z',
      at: '2026-03-01T10:15:00.000Z',
      source: 'espMetadata',
    });
  });

  test.each([['"true"'], ['"yes"'], ['1'], ['[true]'], ['{"value":true}']])(
    'does not count as viewed when it says %s',
    (viewed) => {
      const text = `{"reportId":"1","reportedInformation":{"uploadedFiles":{"uploadedFiles":[{"viewedByEsp":${viewed}}]}}}`;
      expect(readIdsDocument(utf8(text))).toMatchObject({
        kind: 'done',
        value: { files: [{ viewedByEsp: null }], notes: [{ kind: 'not-of-its-kind' }] },
      });
    },
  );

  test('keeps texts nobody knows the name of, and notes what is no text', () => {
    const { others, notes } = about({ hue: 'blue', shape: { sides: 4 } });
    expect(others).toEqual({ hue: 'blue' });
    expect(notes).toEqual([{ kind: 'not-read', path: '$.reportedInformation.shape' }]);
  });
});

describe('refused by name', () => {
  test.each([
    ['not-utf8', Uint8Array.of(0xff, 0xfe, 0x7b, 0)],
    ['not-json', utf8('{"reportId":')],
    ['not-a-report', utf8('[]')],
    ['not-a-report', utf8('{"reportId":"1"}')],
    ['not-a-report', utf8('{"reportId":12345678901234567890,"reportedInformation":{}}')],
    ['not-a-report', utf8(`{"reportId":"a b","reportedInformation":{}}`)],
    ['too-large', new Uint8Array(largestIdsDocument + 1)],
    [
      'too-many-items',
      utf8(`{"reportId":"1","reportedInformation":{"additionalInformations":[${'0,'.repeat(60_000)}0]}}`),
    ],
  ])('%s', (code, bytes) => {
    expect(readIdsDocument(bytes)).toMatchObject({ reason: { code } });
  });

  test('no document of any shape breaks the reader', () => {
    const json = fc.json({ maxDepth: 6 });
    fc.assert(
      fc.property(json, json, (information, files) => {
        readIdsDocument(utf8(`{"reportId":"1","reportedInformation":${information}}`));
        readIdsDocument(
          utf8(`{"reportId":"1","reportedInformation":{"uploadedFiles":${files},"reportedPeople":${files}}}`),
        );
      }),
    );
  });
});
