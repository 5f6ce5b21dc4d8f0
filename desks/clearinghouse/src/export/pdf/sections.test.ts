import type { UtcInstant } from '@tutela/core';
import type { FileId, ReportNumber } from '@tutela/cybertip';
import { expect, test } from 'vitest';
import type { FileRow } from '../../queries/listing.js';
import type { Disclosure } from '../disclose.js';
import { richDetails, richFiles, richReport } from '../rich-report.test-support.js';
import { sectionsOf } from './sections.js';

const reportId = '1000001' as ReportNumber;
const files = richFiles.map(({ name, bytes }, at): FileRow => {
  const fileId = String(at).repeat(32) as FileId;
  const details = richDetails[at];
  return {
    file_id: fileId,
    name,
    sha256: `${at}f`.repeat(32),
    md5: `${at}e`.repeat(16),
    size: bytes.length,
    received_at: '2026-03-01T12:01:00.000Z' as UtcInstant,
    details: details === undefined ? null : { ...details, reportId, fileId },
  };
});
const disclosure: Disclosure = {
  reportNumber: reportId,
  organisation: 'Platform Ltd',
  openedAt: '2026-03-01T12:00:00.000Z' as UtcInstant,
  finishedAt: '2026-03-01T12:34:56.000Z' as UtcInstant,
  report: richReport,
  files,
  location: {
    report_number: reportId,
    outcome: 'one-country',
    countries: ['PY'],
    signals: [
      {
        kind: 'ip-address',
        path: '/report/personOrUserReported[1]/ipCaptureEvent[2]',
        weight: 'shown',
        reason: 'possible-proxy',
      },
      {
        kind: 'ip-address',
        path: `/fileDetails[fileId="${'0'.repeat(32)}"]/ipCaptureEvent`,
        country: 'PY',
        weight: 'decides',
      },
    ],
    sources: [{ name: 'documentation ranges (synthetic)', date: '2026-01-01', sha256: 'ab'.repeat(32) }],
    made_at: '2026-03-01T12:34:56.000Z' as UtcInstant,
  },
};

const leaves = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(leaves)
    : typeof value === 'boolean' || value === undefined || value === null
      ? []
      : [String(value as string | number)];

const printed = sectionsOf(disclosure);
const factsPrinted = printed.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
const textsOf = (label: string): readonly string[] =>
  factsPrinted.filter(([name]) => name === label).map(([, text]) => text);

test('everything that was sent is printed', () => {
  const text = factsPrinted.map(([, value]) => value).join('\n');
  const missing = [...leaves(richReport), ...leaves(files)].filter((leaf) => !text.includes(leaf));
  expect(missing).toEqual([]);
});

test('whether a file was viewed is yes, no or not stated, for each file', () => {
  expect(textsOf('Did the reporter view the entire contents?')).toEqual(['yes', 'no', 'not stated']);
});

test('incident, upload and report have times of their own', () => {
  expect(textsOf('Incident, as stated')).toEqual(['2026-03-01T10:15:00Z']);
  expect(textsOf('Uploads to the reporter')).toEqual(['2026-02-27T08:01:02Z to 2026-02-28T23:59:59Z (2 of 3 files)']);
  expect(textsOf('Report opened')).toEqual(['2026-03-01T12:00:00.000Z']);
  expect(textsOf('Report finished')).toEqual(['2026-03-01T12:34:56.000Z']);
});

test('what an address lacks is said to be missing', () => {
  expect(textsOf('IP address 3')).toEqual([
    '198.51.100.9, port not stated, at not stated, event not stated, possible proxy: not stated',
  ]);
});

test('the sections come in their order', () => {
  expect(printed.flatMap((block) => (block.kind === 'section' ? block.text.slice(0, 9) : []))).toEqual([
    'Section A',
    'Section B',
    'Section C',
    'Section D',
  ]);
});

test('a country is printed beside the address that it comes from', () => {
  expect(textsOf('192.0.2.7')).toEqual([`PY: decides; /fileDetails[fileId="${'0'.repeat(32)}"]/ipCaptureEvent`]);
  expect(textsOf('2001:db8:0:1:2:3:4:5')).toEqual([
    'no country: shown, decides nothing (possible proxy); /report/personOrUserReported[1]/ipCaptureEvent[2]',
  ]);
});
