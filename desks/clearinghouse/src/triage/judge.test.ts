import type { UtcInstant } from '@tutela/core';
import type { FileDetails, FileId, Report, ReportNumber } from '@tutela/cybertip';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, laneAtOnce } from './judge.js';
import { parsePolicy, readPolicy, standardPolicyFile, type TriagePolicy } from './policy.js';
import type { Case } from './priority-facts.js';

const read = readPolicy(standardPolicyFile);
if (read.kind !== 'done') throw new Error(read.reason.message);
const standard = read.value;

const file: FileDetails = {
  reportId: '1' as ReportNumber,
  fileId: 'a'.repeat(32) as FileId,
  fileViewedByEsp: true,
  uploadedToEspTimestamp: '2025-03-01T10:14:57Z',
};
const capture = { ipAddress: '192.0.2.7', dateTime: '2025-03-01T10:14:57Z', port: 51_344 } as const;
const person = { espIdentifier: '7', ipCaptureEvent: [capture] };
const report: Report = {
  incidentSummary: {
    incidentType: 'Child Pornography (possession, manufacture, and distribution)',
    incidentDateTime: '2025-03-01T10:15:00Z',
  },
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
  personOrUserReported: [person],
};
const finishedAt = '2026-03-01T12:00:00.000Z' as UtcInstant;
const plain: Case = { report, files: [file], finishedAt, earlierReports: 0 };
const summary = (more: Partial<Report['incidentSummary']>): Report => ({
  ...report,
  incidentSummary: { ...report.incidentSummary, ...more },
});
const judged = (item: Partial<Case>) => judge({ ...plain, ...item }, standard);
const idsOf = (item: Partial<Case>) => judged(item).facts.priority.map(({ id }) => id);

describe('a report is in the crisis lane', () => {
  test.each([
    ['the reporter escalates it', { report: summary({ escalateToHighPriority: 'The child wrote now.' }) }],
    ['a file is of live streaming', { files: [{ ...file, fileAnnotations: { liveStreaming: true as const } }] }],
    ['a victim is named', { report: { ...report, victim: [{ victimPerson: {}, schoolName: 'A school' }] } }],
    ['it is of travel', { report: summary({ incidentType: 'Child Sex Tourism' }) }],
    [
      'it tells of a plan to meet, with or without accents',
      { report: { ...report, internetDetails: [{ chatImIncident: { content: 'Té  paso a BUSCAR mañana' } }] } },
    ],
  ] as const)('where %s', (_, item) => {
    const judgement = judged(item as Partial<Case>);
    expect(judgement).toMatchObject({ lane: 'crisis', label: 'referral', labelReason: 'crisis' });
    expect(laneAtOnce({ ...plain, ...(item as Partial<Case>) }, standard)).toBe('crisis');
    expect(judgement.priority).toBeGreaterThan(judged({}).priority);
  });

  test('and is a referral also where nobody is identified', () => {
    const item = { report: { ...summary({ escalateToHighPriority: 'now' }), personOrUserReported: [] }, files: [] };
    expect(judged(item)).toMatchObject({ lane: 'crisis', label: 'referral' });
  });

  test('not where a victim is mentioned whom nobody could find', () => {
    expect(judged({ report: { ...report, victim: [{ victimPerson: { age: 9 } }] } }).lane).toBe('normal');
  });
});

describe('a report is diverted instead of escalated', () => {
  const live: FileDetails = { ...file, fileAnnotations: { liveStreaming: true, possibleSelfProduction: true } };
  test.each([
    [
      'the account was compromised',
      { report: { ...report, personOrUserReported: [{ ...person, compromisedAccount: true }] } },
    ],
    ['a child may have made it themselves', { files: [live] }],
    ['it is between minors', { report: summary({ reportAnnotations: { minorToMinorInteraction: true } }) }],
    [
      'all that is known is who received it',
      { report: { ...report, personOrUserReported: [], intendedRecipient: [{ espIdentifier: '8' }] } },
    ],
  ] as const)('where %s', (_, item) => {
    expect(judged(item as Partial<Case>).lane).toBe('diverted');
  });

  test('except where the reporter says in words why it cannot wait; why it would be diverted stays visible', () => {
    const item = { report: summary({ escalateToHighPriority: 'The child speaks of suicide.' }), files: [live] };
    expect(judged(item).lane).toBe('crisis');
    expect(idsOf(item)).toContain('possible-self-production');
  });
});

test('who merely received something adds nothing to either score', () => {
  const recipient = {
    espIdentifier: '8',
    ipCaptureEvent: [capture],
    intendedRecipientPerson: { phone: [{ value: '+595981123456' }] },
  };
  const without = { ...report, personOrUserReported: [{}] };
  const [one, other] = [without, { ...without, intendedRecipient: [recipient] }].map((of) => judged({ report: of }));
  expect([other?.completeness, other?.priority]).toEqual([one?.completeness, one?.priority]);
});

describe('a report is informational, and the reason is the fact that is missing', () => {
  test.each([
    ['user.identified', { report: { ...report, personOrUserReported: [{ ipCaptureEvent: [capture] }] } }],
    ['user.located', { report: { ...report, personOrUserReported: [{ espIdentifier: '7' }] } }],
    ['material', { files: [] }],
  ] as const)('%s', (missing, item) => {
    expect(judged(item as Partial<Case>)).toMatchObject({ label: 'informational', labelReason: missing });
  });

  test('never because the reporter marks it as viral: that is for a person', () => {
    const viral = { files: [{ ...file, fileAnnotations: { viral: true as const } }] };
    expect(judged(viral)).toMatchObject({ label: 'referral', labelReason: 'awaits-a-person' });
  });
});

describe('scores', () => {
  test('are the sum of their facts and nothing else', () => {
    const { completeness, priority, facts } = judged({
      report: summary({ reportAnnotations: { sextortion: true } }),
      earlierReports: 2,
    });
    const sum = (of: readonly { readonly weight: number }[]) => of.reduce((total, { weight }) => total + weight, 0);
    expect(priority).toBe(sum(facts.priority));
    const counted = facts.completeness.filter(({ state }) => state !== 'not-applicable');
    expect(completeness).toBe(
      Math.round((100 * sum(counted.filter(({ state }) => state === 'present'))) / sum(counted)),
    );
    expect(facts.priority.map(({ id }) => id)).toEqual(['sextortion', 'earlier-reports']);
  });

  test('say nothing of a fact that the policy does not know', () => {
    const { escalated, ...priority } = standard.policy.priority;
    expect(escalated?.lane).toBe('crisis');
    const other = versioned({ ...standard.policy, number: 2, priority: priority as TriagePolicy['priority'] });
    const item = { ...plain, report: summary({ escalateToHighPriority: 'now' }) };
    expect(judge(item, other)).toMatchObject({ lane: 'normal', priority: 0, policyVersion: other.version });
  });

  const part = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined });
  const members = fc.record({
    espIdentifier: part('7'),
    ipCaptureEvent: part([capture]),
    estimatedLocation: part({ countryCode: 'PY' as const }),
    personOrUserReportedPerson: part({ phone: [{ value: '+595981123456' }] }),
  });
  const details = fc.record({
    fileViewedByEsp: part(false),
    uploadedToEspTimestamp: part('2025-03-01T10:14:57Z'),
    ipCaptureEvent: part(capture),
    originalFileHash: part([{ hashType: 'MD5', value: 'ab' }]),
    fileAnnotations: part({ infant: true as const }),
    industryClassification: part('A1' as const),
  });
  const bare = { reportId: file.reportId, fileId: file.fileId };
  const defined = <T extends object>(of: T): T =>
    Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T;
  const caseOf = (user: object, about: object): Case => ({
    ...plain,
    report: { ...report, personOrUserReported: [defined(user)] },
    files: [{ ...bare, ...defined(about) }],
  });

  test('never fall where a reporter fills in a field that was empty', () => {
    fc.assert(
      fc.property(members, details, members, details, (user, about, moreUser, moreAbout) => {
        const less = judge(caseOf(user, about), standard);
        const more = judge(caseOf({ ...moreUser, ...defined(user) }, { ...moreAbout, ...defined(about) }), standard);
        expect(more.completeness).toBeGreaterThanOrEqual(less.completeness);
        expect(more.priority).toBeGreaterThanOrEqual(less.priority);
      }),
    );
  });

  test('lie between 0 and 100, whatever is in the report', () => {
    fc.assert(
      fc.property(members, details, fc.nat(500), (user, about, earlierReports) => {
        const { completeness, priority } = judge({ ...caseOf(user, about), earlierReports }, standard);
        for (const score of [completeness, priority]) expect(score >= 0 && score <= 100).toBe(true);
      }),
    );
  });
});

describe('a policy', () => {
  test('is versioned by its own number and its digest, however its file is laid out', () => {
    const again = parsePolicy(JSON.parse(JSON.stringify(standard.policy, undefined, 8)));
    expect(again).toEqual({ kind: 'done', value: standard });
    expect(standard.version).toMatch(/^1-[0-9a-f]{12}$/);
    expect(versioned({ ...standard.policy, recentDays: 8 }).version).not.toBe(standard.version);
  });

  test.each([
    ['a fact that does not exist', { priority: { ...standard.policy.priority, accent: { weight: 5 } } }],
    ['a weight below nothing', { completeness: { ...standard.policy.completeness, material: -1 } }],
    ['a member that nobody reads', { threshold: 5 }],
  ])('with %s is refused', (_, change) => {
    expect(parsePolicy({ ...standard.policy, ...change })).toMatchObject({
      kind: 'refused',
      reason: { code: 'malformed-policy' },
    });
  });
});

const versioned = (policy: TriagePolicy) => {
  const parsed = parsePolicy(policy);
  if (parsed.kind !== 'done') throw new Error(parsed.reason.message);
  return parsed.value;
};
