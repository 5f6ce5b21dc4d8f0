import type { UtcInstant } from '@tutela/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryOf } from '../schema/arbitrary.test-support.js';
import { type FileDetails, fileDetails, type Report, report } from '../schema/documents.js';
import type { FileId, ReportNumber } from '../schema/values.js';
import { idsMoment } from './captures.js';
import { toIdsJson } from './ids-report.js';

const dialect = { mode: 'docs', version: '2026-09' } as const;
const received = {
  reportId: '1000001' as ReportNumber,
  receivedAt: '2026-03-01T12:00:00.500Z' as UtcInstant,
  organisation: 'Platform Ltd',
};
const fileId = 'f'.repeat(32) as FileId;

/** Texts, numbers and moments anywhere in a value; names and flags are not content. */
const leavesOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number') return [JSON.stringify(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
};

test('nothing that a reporter sent is lost on the way to the reader', () => {
  const draft = fc.record({
    of: arbitraryOf(report.type, dialect) as fc.Arbitrary<Report>,
    details: arbitraryOf(fileDetails.type, dialect) as fc.Arbitrary<FileDetails>,
  });
  fc.assert(
    fc.property(draft, ({ of, details }) => {
      const files = [{ fileId, name: 'a', md5: 'b', details }];
      const told = leavesOf(toIdsJson({ ...received, report: of, files }));
      const { reportId: _, fileId: __, ...said } = details;
      for (const leaf of leavesOf([of, said])) {
        const forms = [leaf, leaf.toUpperCase(), idsMoment(leaf) ?? leaf];
        if (!told.some((it) => forms.some((form) => it.includes(form)))) throw new Error(JSON.stringify(leaf));
      }
    }),
    { numRuns: 60 },
  );
});

describe('a report in the form that police receive', () => {
  const sent: Report = {
    incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T07:15:00.25-03:00' },
    internetDetails: [{ webPageIncident: { url: ['https://a.example/1'] } }],
    reporter: { reportingPerson: { lastName: 'Safety', email: [{ value: 'safety@platform.example' }] } },
    personOrUserReported: [
      { screenName: 'someone', ipCaptureEvent: [{ ipAddress: '192.0.2.7', eventName: 'Login', port: 51_344 }] },
    ],
  };
  const json = toIdsJson({ ...received, report: sent, files: [{ fileId, name: 'a.png', md5: 'ab' }] });

  test('has its members where open parsers look for them', () => {
    expect(json).toMatchObject({
      reportId: '1000001',
      dateReceived: '2026-03-01T12:00:00Z',
      reportedInformation: {
        reportingEsp: { espName: 'Platform Ltd', lastName: 'Safety' },
        incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
        incidentDetails: {
          webpageIncident: [
            { sourceInformation: { sourceCaptures: [{ captureType: 'URL', value: 'https://a.example/1' }] } },
          ],
        },
        reportedPeople: {
          reportedPersons: [
            {
              firstName: null,
              screenName: { value: 'someone' },
              emails: null,
              sourceInformation: {
                sourceCaptures: [
                  { captureType: 'IP Address', value: '192.0.2.7', dateTime: null, eventName: 'LOGIN', port: 51_344 },
                ],
              },
            },
          ],
        },
        uploadedFiles: { uploadedFiles: [{ filename: 'a.png', verificationHash: 'ab' }] },
        additionalInformations: [],
      },
    });
  });

  test('does not say "not viewed" of a file about which the reporter said nothing', () => {
    const { uploadedFiles } = json.reportedInformation as never as { uploadedFiles: { uploadedFiles: object[] } };
    expect(uploadedFiles.uploadedFiles).toMatchObject([{ viewedByEsp: null }]);
  });
});
