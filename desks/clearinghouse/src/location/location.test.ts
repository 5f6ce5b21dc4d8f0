import type { FileDetails, FileId, Report, ReportNumber } from '@tutela/cybertip';
import { parseRangeData } from '@tutela/ranges';
import { describe, expect, test } from 'vitest';
import { locationOf } from './location.js';

const parsed = parseRangeData('# date: 2026-01-01\n192.0.2.0/24,PY\n198.51.100.0/24,US\n', 'ranges.csv', 'ab');
const ranges = parsed.kind === 'done' ? parsed.value : undefined;
const report = (person: NonNullable<Report['personOrUserReported']>[number]): Report => ({
  incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
  reporter: { reportingPerson: {} },
  personOrUserReported: [person],
});
const py = { ipAddress: '192.0.2.1' };
const us = { ipAddress: '198.51.100.1' };

describe('a report is located', () => {
  test.each([
    ['by an address', { ipCaptureEvent: [py] }, 'one-country', ['PY']],
    ['by the reporter’s estimate', { estimatedLocation: { countryCode: 'PY' } }, 'one-country', ['PY']],
    ['by a stated address', { personOrUserReportedPerson: { address: [{ country: 'PY' }] } }, 'one-country', ['PY']],
    [
      'by signals that agree',
      { ipCaptureEvent: [py, py], estimatedLocation: { countryCode: 'PY' } },
      'one-country',
      ['PY'],
    ],
    ['to nobody alone when signals disagree', { ipCaptureEvent: [us, py] }, 'conflicting', ['PY', 'US']],
    ['to nobody when nothing is known', {}, 'unknown', []],
    ['to nobody by a proxy', { ipCaptureEvent: [{ ...py, possibleProxy: true }] }, 'unknown', []],
    ['to nobody by a code that is no country', { estimatedLocation: { countryCode: 'A1' } }, 'unknown', []],
    ['to nobody by an address outside the data', { ipCaptureEvent: [{ ipAddress: '203.0.113.1' }] }, 'unknown', []],
  ] as const)('%s', (_, person, outcome, countries) => {
    expect(locationOf(report(person), [], ranges)).toMatchObject({ outcome, countries });
  });

  test('by the address from which a file was uploaded', () => {
    const file: FileDetails = { reportId: '1' as ReportNumber, fileId: 'f' as FileId, ipCaptureEvent: py };
    expect(locationOf(report({}), [file], ranges)).toMatchObject({
      outcome: 'one-country',
      signals: [
        { kind: 'ip-address', path: '/fileDetails[fileId="f"]/ipCaptureEvent', country: 'PY', weight: 'decides' },
      ],
    });
  });

  test('without range data by what it states alone, and shows the addresses that told nothing', () => {
    const person = { ipCaptureEvent: [py], estimatedLocation: { countryCode: 'US' } } as const;
    const location = locationOf(report(person), [], undefined);
    expect(location).toMatchObject({ outcome: 'one-country', countries: ['US'] });
    expect(location.sources).toEqual([]);
    expect(location.signals[0]).toMatchObject({ weight: 'shown', reason: 'not-in-range-data' });
  });
});
