import type { UtcInstant } from '@tutela/core';
import { describe, expect, test } from 'vitest';
import { checkFileDetails, checkReport } from '../documents.js';
import type { FileDetails, Report } from '../schema/documents.js';
import type { FileId, ReportNumber } from '../schema/values.js';

const now = '2026-03-01T12:00:00.000Z' as UtcInstant;
const report: Report = {
  incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
};
const details: FileDetails = { reportId: '1' as ReportNumber, fileId: 'a' as FileId };
const summary = (more: Partial<Report['incidentSummary']>): Report => ({
  ...report,
  incidentSummary: { ...report.incidentSummary, ...more },
});
const person = (more: NonNullable<Report['personOrUserReported']>[number]): Report => ({
  ...report,
  personOrUserReported: [more],
});
const webPage = (url: string): Report => ({ ...report, internetDetails: [{ webPageIncident: { url: [url] } }] });
const ip = (ipAddress: string) => person({ ipCaptureEvent: [{ ipAddress }] });
const phone = (more: object): Report => person({ personOrUserReportedPerson: { phone: [{ value: '1', ...more }] } });

describe('a report breaks the documented limit', () => {
  test.each([
    ['limit.length', summary({ platform: 'x'.repeat(257) }), '/report/incidentSummary/platform'],
    ['limit.not-blank', summary({ escalateToHighPriority: ' \n' }), '/report/incidentSummary/escalateToHighPriority'],
    ['limit.past', summary({ incidentDateTime: '2026-03-01T12:00:01Z' }), '/report/incidentSummary/incidentDateTime'],
    ['limit.url', webPage('https://a.example/with space'), '/report/internetDetails[1]/webPageIncident/url[1]'],
    ['limit.url', webPage('no address'), '/report/internetDetails[1]/webPageIncident/url[1]'],
    ['limit.ip-address', ip('203.0.113.7:80'), '/report/personOrUserReported[1]/ipCaptureEvent[1]/ipAddress'],
    ['limit.ip-address', ip('fe80::1%eth0'), '/report/personOrUserReported[1]/ipCaptureEvent[1]/ipAddress'],
    [
      'limit.range',
      person({ ipCaptureEvent: [{ ipAddress: '192.0.2.1', port: 0 }] }),
      '/report/personOrUserReported[1]/ipCaptureEvent[1]/port',
    ],
    [
      'limit.calling-code',
      phone({ countryCallingCode: '00595' }),
      '/report/personOrUserReported[1]/personOrUserReportedPerson/phone[1]/@countryCallingCode',
    ],
    [
      'limit.digits',
      phone({ extension: '12a' }),
      '/report/personOrUserReported[1]/personOrUserReportedPerson/phone[1]/@extension',
    ],
  ] as const)('%s', (rule, value, path) => {
    expect(checkReport(value, { now })).toMatchObject({ schema: [], rules: [{ rule, path }] });
  });

  test('and addresses of all three kinds do not', () => {
    for (const address of ['203.0.113.7', '2001:db8::7', '::ffff:203.0.113.7']) {
      expect(checkReport(ip(address), { now })).toEqual({ schema: [], rules: [] });
    }
  });
});

describe('a report breaks the rule', () => {
  const mail = { internetDetails: [{ emailIncident: { emailAddress: [{ value: 'a@b.example' }] } }] } as const;

  test('that an incident address belongs to somebody in it', () => {
    expect(checkReport({ ...report, ...mail }, { now }).rules).toMatchObject([
      {
        rule: 'report.incident-email-of-a-person',
        path: '/report/internetDetails[1]/emailIncident/emailAddress[1]',
      },
    ]);
    const known = { ...person({ personOrUserReportedPerson: { email: [{ value: 'A@B.example' }] } }), ...mail };
    expect(checkReport(known, { now }).rules).toEqual([]);
  });

  test('that an account has an age or a date of birth', () => {
    const both = person({ associatedAccount: [{ type: 'Linked', approximateAge: 30, dateOfBirth: '1996-01-01' }] });
    expect(checkReport(both, { now }).rules).toMatchObject([
      { rule: 'report.age-or-birth-date', path: '/report/personOrUserReported[1]/associatedAccount[1]' },
    ]);
  });

  test('of batched reports, and is told before it is filed', () => {
    const batched: Report = { ...person({ screenName: 'a' }), batchedReport: { reason: 'VIRAL_POTENTIAL_MEME' } };
    expect(checkReport(batched, { now }).rules).toMatchObject([{ rule: 'batched.only-identifiers' }]);
  });
});

describe('file details break the rule', () => {
  test.each([
    ['file.exif-viewed-implies-viewed', { exifViewedByEsp: true, fileViewedByEsp: false }],
    ['file.exif-viewed-implies-viewed', { exifViewedByEsp: true }],
    ['file.supplemental-unclassified', { fileRelevance: 'Supplemental Reported', industryClassification: 'A1' }],
    ['file.supplemental-unclassified', { fileRelevance: 'Supplemental Reported', potentialMeme: true }],
    [
      'file.supplemental-unclassified',
      { fileRelevance: 'Supplemental Reported', fileAnnotations: { potentialMeme: true } },
    ],
  ] as const)('%s', (rule, more) => {
    expect(checkFileDetails({ ...details, ...more }, { now })).toMatchObject({ schema: [], rules: [{ rule }] });
  });
});

describe('an edition of the schema', () => {
  test.each([
    ['informational', '2025-11', '2026-07'],
    ['potentialAggravatingFactors', '2026-07', '2026-09'],
    ['instrumentalUse', '2026-07', '2026-09'],
  ] as const)('before %s refuses it and names the one that added it', (annotation, before, since) => {
    const value = summary({ reportAnnotations: { [annotation]: true } });
    expect(checkReport(value, { now, version: before }).schema[0]?.message).toContain(`${since} added it`);
    expect(checkReport(value, { now, version: since })).toEqual({ schema: [], rules: [] });
  });
});
