import type { UtcInstant } from '@tutela/core';
import { expect, test } from 'vitest';
import { checkReport, readFileDetails, readReport, writeFileDetails, writeReport } from './documents.js';
import type { FileDetails, Report } from './schema/documents.js';
import type { FileId, ReportNumber } from './schema/values.js';

const now = '2026-03-01T12:00:00.000Z' as UtcInstant;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const report: Report = {
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
  incidentSummary: {
    incidentDateTime: '2026-03-01T10:15:00Z',
    incidentType: 'Child Pornography (possession, manufacture, and distribution)',
  },
};

test('a minimal report is written in the order of the schema, whatever the order of its members', () => {
  expect(writeReport(report)).toBe(
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><report><incidentSummary>' +
      '<incidentType>Child Pornography (possession, manufacture, and distribution)</incidentType>' +
      '<incidentDateTime>2026-03-01T10:15:00Z</incidentDateTime></incidentSummary>' +
      '<reporter><reportingPerson><email>safety@platform.example</email></reportingPerson></reporter></report>',
  );
  expect(checkReport(report, { now })).toEqual({ schema: [], rules: [] });
  expect(readReport(bytes(writeReport(report)), { now })).toMatchObject({ kind: 'valid', value: report });
});

test('file details read back as they were written', () => {
  const details: FileDetails = {
    reportId: '1001' as ReportNumber,
    fileId: '0123456789abcdef0123456789abcdef' as FileId,
    originalFileName: 'a < b & "c"\r\n.bin',
    fileViewedByEsp: false,
    originalFileHash: [{ value: 'ab', hashType: 'SHA256' }],
    ipCaptureEvent: { ipAddress: '198.51.100.7', eventName: 'Upload', dateTime: '2026-03-01T10:14:57Z', port: 51_344 },
  };
  expect(readFileDetails(bytes(writeFileDetails(details)), { now })).toMatchObject({ kind: 'valid', value: details });
});

test('a member the schema does not know is refused, not dropped', () => {
  const wrong = { ...report, remarks: 'lost?' } as Report;
  expect(() => writeReport(wrong)).toThrow('report has no member remarks');
});

test('the types admit nothing the schema does not have', () => {
  // @ts-expect-error an unknown member of a nested element
  const unknown: Report = { ...report, victim: [{ victimPerson: { middleName: 'x' } }] };
  // @ts-expect-error an incident type outside the list
  const wrongType: Report = { ...report, incidentSummary: { ...report.incidentSummary, incidentType: 'Other' } };
  // @ts-expect-error the value of an e-mail is required
  const noValue: Report = { ...report, reporter: { reportingPerson: { email: [{ type: 'Home' }] } } };
  for (const value of [unknown, wrongType, noValue]) expect(() => refuse(value)).toThrow();
});

const refuse = (value: Report): void => {
  if (checkReport(value, { now }).schema.length > 0) throw new Error('refused');
};
