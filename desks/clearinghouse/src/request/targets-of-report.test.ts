import type { Report } from '@tutela/cybertip';
import { describe, expect, test } from 'vitest';
import { targetsOfReport } from './targets-of-report.js';

const report: Report = {
  incidentSummary: {
    incidentType: 'Online Enticement of Children for Sexual Acts',
    incidentDateTime: '2026-03-01T10:15:00Z',
  },
  reporter: { reportingPerson: { email: [{ value: 'safety@chat.example' }] } },
  personOrUserReported: [
    {
      espIdentifier: 'account-1',
      espService: 'Example Chat',
      personOrUserReportedPerson: { email: [{ value: 'someone@mail.example' }] },
      ipCaptureEvent: [
        { ipAddress: '192.0.2.7', eventName: 'Login', dateTime: '2026-03-01T10:00:00Z', port: 51_344 },
        { ipAddress: '192.0.2.7', eventName: 'Upload', dateTime: '2026-03-01T10:00:00Z', port: 51_344 },
        { ipAddress: '2001:db8::9', eventName: 'Login' },
      ],
    },
  ],
};

describe('what a report has to ask about', () => {
  test('is each account, address of mail and connection once, with port and moment where they are known', () => {
    const moment = '2026-03-01T10:00:00Z';
    expect(targetsOfReport(report)).toEqual([
      { type: 'account', value: 'account-1', service: 'Example Chat' },
      { type: 'email', value: 'someone@mail.example' },
      { type: 'ip', value: '192.0.2.7', port: 51_344, from: moment, to: moment, service: 'Example Chat' },
      { type: 'ip', value: '2001:db8::9', service: 'Example Chat' },
    ]);
  });

  test('is nothing where nobody is named, and never the reporter', () => {
    const { personOrUserReported: _, ...rest } = report;
    expect(targetsOfReport(rest)).toEqual([]);
  });

  test('stays a list that a request takes', () => {
    const ipCaptureEvent = Array.from({ length: 500 }, (_, nth) => ({
      ipAddress: `198.51.100.${nth % 250}`,
      port: nth,
      eventName: 'Login' as const,
    }));
    expect(targetsOfReport({ ...report, personOrUserReported: [{ ipCaptureEvent }] })).toHaveLength(100);
  });
});
