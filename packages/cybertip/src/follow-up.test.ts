import { expect, test } from 'vitest';
import { followUp } from './follow-up.js';
import type { Report } from './schema/documents.js';
import type { ReportNumber } from './schema/values.js';

const report: Report = {
  incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
};
const earlier = ['1000001' as ReportNumber, '1000002' as ReportNumber] as const;

test('a follow-up names the earlier reports once each and says what is different', () => {
  const reported: Report = {
    ...report,
    personOrUserReported: [{ screenName: 'a', priorCTReports: [earlier[0]] }],
    additionalInfo: 'As before.',
  };
  expect(followUp(reported, [...earlier], 'The account had been taken over.')).toEqual({
    kind: 'done',
    value: {
      ...reported,
      personOrUserReported: [{ screenName: 'a', priorCTReports: earlier }],
      additionalInfo: 'Follow-up to report 1000001, 1000002. The account had been taken over.\n\nAs before.',
    },
  });
});

test('a follow-up to a report that named nobody names the earlier report all the same', () => {
  const followed = followUp(report, [earlier[0]], 'It was a mistake.');
  expect(followed.kind === 'done' && followed.value.personOrUserReported).toEqual([{ priorCTReports: [earlier[0]] }]);
});

test('a batched report cannot carry one', () => {
  const batched: Report = { ...report, batchedReport: { reason: 'VIRAL_POTENTIAL_MEME' } };
  expect(followUp(batched, [earlier[0]], '')).toMatchObject({ kind: 'refused', reason: { code: 'batched' } });
});
