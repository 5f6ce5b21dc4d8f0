import type { FileDetails, FileId, Report, ReportNumber } from '@tutela/cybertip';
import { parseAddressMarks, parseRangeData } from '@tutela/ranges';
import { describe, expect, test } from 'vitest';
import { locationOf } from './location.js';

const parsed = parseRangeData('# date: 2026-01-01\n192.0.2.0/24,PY\n198.51.100.0/24,US\n', 'ranges.csv', 'ab');
const marked = parseAddressMarks('# date: 2026-01-01\n192.0.2.128/25,tor\n', 'relays.csv', 'cd');
if (parsed.kind !== 'done' || marked.kind !== 'done') throw new Error('the data of this test is malformed');
const data = { ranges: [parsed.value], marks: marked.value };
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
    ['to nobody by a relay', { ipCaptureEvent: [{ ipAddress: '192.0.2.200' }] }, 'unknown', []],
    [
      'by the prefix of a phone number',
      { personOrUserReportedPerson: { phone: [{ value: '+595 981 123456' }] } },
      'one-country',
      ['PY'],
    ],
    [
      'by a calling code apart from its number',
      { personOrUserReportedPerson: { phone: [{ value: '0981 123456', countryCallingCode: '+595' }] } },
      'one-country',
      ['PY'],
    ],
    [
      'to nobody by a number without its calling code',
      { personOrUserReportedPerson: { phone: [{ value: '0981 123456' }] } },
      'unknown',
      [],
    ],
    ['to nobody by a code that is no country', { estimatedLocation: { countryCode: 'A1' } }, 'unknown', []],
    ['to nobody by an address outside the data', { ipCaptureEvent: [{ ipAddress: '203.0.113.1' }] }, 'unknown', []],
  ] as const)('%s', (_, person, outcome, countries) => {
    expect(locationOf(report(person), [], data)).toMatchObject({ outcome, countries });
  });

  test('by the address from which a file was uploaded', () => {
    const file: FileDetails = { reportId: '1' as ReportNumber, fileId: 'f' as FileId, ipCaptureEvent: py };
    expect(locationOf(report({}), [file], data)).toMatchObject({
      outcome: 'one-country',
      signals: [
        { kind: 'ip-address', path: '/fileDetails[fileId="f"]/ipCaptureEvent', country: 'PY', weight: 'decides' },
      ],
    });
  });

  test('with what marks an address shown beside the country it would have named', () => {
    const { signals, sources } = locationOf(report({ ipCaptureEvent: [{ ipAddress: '192.0.2.200' }] }), [], data);
    expect(signals).toMatchObject([{ country: 'PY', source: 'ranges.csv', weight: 'shown', reason: 'tor' }]);
    expect(sources.map(({ name, sha256 }) => [name, sha256])).toEqual([
      ['ranges.csv', 'ab'],
      ['relays.csv', 'cd'],
    ]);
  });

  test('to two countries where two data sets differ on one address', () => {
    const other = parseRangeData('# date: 2026-01-02\n192.0.2.0/24,AR\n', 'other.csv', 'ef');
    if (other.kind !== 'done') throw new Error(other.reason.message);
    const located = locationOf(report({ ipCaptureEvent: [py] }), [], { ranges: [...data.ranges, other.value] });
    expect(located).toMatchObject({ outcome: 'conflicting', countries: ['AR', 'PY'] });
    expect(located.signals.map(({ country, source }) => [country, source])).toEqual([
      ['PY', 'ranges.csv'],
      ['AR', 'other.csv'],
    ]);
  });

  test('without range data by what it states alone, and shows the addresses that told nothing', () => {
    const person = { ipCaptureEvent: [py], estimatedLocation: { countryCode: 'US' } } as const;
    const location = locationOf(report(person), [], { ranges: [] });
    expect(location).toMatchObject({ outcome: 'one-country', countries: ['US'] });
    expect(location.sources).toEqual([]);
    expect(location.signals[0]).toMatchObject({ weight: 'shown', reason: 'not-in-range-data' });
  });
});
