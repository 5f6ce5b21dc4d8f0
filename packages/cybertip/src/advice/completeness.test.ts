import { describe, expect, test } from 'vitest';
import type { FileDetails, Report } from '../schema/documents.js';
import type { FileId, ReportNumber } from '../schema/values.js';
import { adviseOn, predict } from './completeness.js';

const bare: Report = {
  incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
};
const capture = {
  ipAddress: '192.0.2.7',
  dateTime: '2026-03-01T10:14:57Z',
  possibleProxy: false,
  port: 51_344,
} as const;
const full: Report = {
  ...bare,
  incidentSummary: { ...bare.incidentSummary, incidentDateTimeDescription: 'time of the upload' },
  internetDetails: [{ webPageIncident: { url: ['https://a.example/1'] } }],
  personOrUserReported: [{ espIdentifier: '7', ipCaptureEvent: [capture] }],
};
const file: FileDetails = {
  reportId: '1' as ReportNumber,
  fileId: 'a' as FileId,
  originalFileName: 'a.png',
  uploadedToEspTimestamp: '2026-03-01T10:14:57Z',
  fileViewedByEsp: false,
  originalFileHash: [{ hashType: 'SHA256', value: 'ab' }],
  ipCaptureEvent: capture,
};
const idsOf = (report: Report, files: readonly (FileDetails | undefined)[]) =>
  adviseOn({ report, files }).map(({ id, path }) => `${id} ${path}`);

test('a report with everything an investigator needs gets no advice and will be a referral', () => {
  expect(adviseOn({ report: full, files: [file] })).toEqual([]);
  expect(predict({ report: full, files: [file] })).toEqual({ label: 'referral', because: [] });
});

describe('advice names what is missing and where', () => {
  const event = '/report/personOrUserReported[1]/ipCaptureEvent[1]';
  test.each([
    ['port', `address.port ${event}/port`],
    ['dateTime', `address.time ${event}/dateTime`],
    ['possibleProxy', `address.proxy ${event}/possibleProxy`],
  ])('a capture without %s', (member, expected) => {
    const { [member as 'port']: _, ...rest } = capture;
    const report = { ...full, personOrUserReported: [{ espIdentifier: '7', ipCaptureEvent: [rest] }] };
    expect(idsOf(report, [file])).toContain(expected);
  });

  test.each([
    ['fileViewedByEsp', 'file.viewed /fileDetails[1]/fileViewedByEsp'],
    ['uploadedToEspTimestamp', 'file.upload-time /fileDetails[1]/uploadedToEspTimestamp'],
    ['ipCaptureEvent', 'file.address /fileDetails[1]/ipCaptureEvent'],
    ['originalFileHash', 'file.original-hash /fileDetails[1]/originalFileHash'],
    ['originalFileName', 'file.original-name /fileDetails[1]/originalFileName'],
  ])('a file without %s', (member, expected) => {
    const { [member as 'fileViewedByEsp']: _, ...rest } = file;
    expect(idsOf(full, [rest])).toEqual([expected]);
  });

  test('a file about which nothing was said lacks all of it, gravest first', () => {
    const advice = adviseOn({ report: full, files: [undefined] });
    expect(advice.map(({ weight }) => weight)).toEqual(['attribution', 'attribution', 'warrant', 'context', 'context']);
  });

  test('a moment without a zone is as good as none', () => {
    const report = {
      ...full,
      personOrUserReported: [{ espIdentifier: '7', ipCaptureEvent: [{ ...capture, dateTime: '2026-03-01T10:14:57' }] }],
    };
    expect(idsOf(report, [file])).toContain(`address.time ${event}/dateTime`);
  });

  test('every piece of advice has a reason, a source and a remedy', () => {
    const advice = adviseOn({ report: { ...bare, personOrUserReported: [{}] }, files: [undefined] });
    expect(advice.length).toBeGreaterThan(6);
    for (const { reason, source, remedy, missing } of advice) {
      for (const text of [reason, source, remedy, missing]) expect(text.length).toBeGreaterThan(5);
    }
  });
});

describe('a report will be informational', () => {
  test.each([
    ['nobody is identified', { ...full, personOrUserReported: [{ ipCaptureEvent: [capture] }] }, [file]],
    [
      'nobody can be located',
      { ...full, personOrUserReported: [{ espIdentifier: '7' }] },
      [{ ...file, ipCaptureEvent: undefined }],
    ],
    ['there is nothing to see', full, []],
    ['the file is viral', full, [{ ...file, fileAnnotations: { viral: true } }]],
    ['it is batched', { ...full, batchedReport: { reason: 'VIRAL_POTENTIAL_MEME' } }, [file]],
  ] as const)('when %s', (_, report, files) => {
    const prediction = predict({ report: report as Report, files: files as readonly FileDetails[] });
    expect(prediction.label).toBe('informational');
    expect(prediction.because.length).toBe(1);
  });
});
