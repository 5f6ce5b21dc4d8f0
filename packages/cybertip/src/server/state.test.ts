import type { UtcInstant } from '@tutela/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileDetails, Report } from '../schema/documents.js';
import type { FileId, ReportNumber } from '../schema/values.js';
import { type Act, decide, decideExpiry, expiryOf, type ReportState } from './state.js';

const at = (text: string): UtcInstant => new Date(text).toISOString() as UtcInstant;
const now = at('2026-03-01T12:00:00Z');
const reportId = '1001' as ReportNumber;
const fileId = 'a'.repeat(32) as FileId;
const open: ReportState = { kind: 'open', openedAt: now };
const report: Report = {
  incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
  reporter: { reportingPerson: {} },
};
const details: FileDetails = { reportId, fileId };
const acts: readonly Act[] = [
  { kind: 'upload', fileId, name: 'a', received: { sha256: '', md5: 'd41d', size: 0 } },
  { kind: 'fileinfo', details, document: new Uint8Array(), file: { fileId } },
  { kind: 'finish', report, files: [{ fileId }] },
  { kind: 'retract' },
];
const codeOf = (state: ReportState | undefined, act: Act, when = now) => {
  const { answer, effect } = decide(state, reportId, act, when);
  return { code: answer.code, effect: effect?.kind };
};

describe.each(acts)('$kind', (act) => {
  test.each([
    ['one that does not exist', undefined, 'report-unknown'],
    ['a finished one', { kind: 'finished', at: now }, 'report-finished'],
    ['a retracted one', { kind: 'retracted', at: now }, 'report-retracted'],
    ['an expired one', { kind: 'expired', at: now }, 'report-unknown'],
  ] as const)('on %s changes nothing and says so', (_, state, code) => {
    expect(codeOf(state, act)).toEqual({ code, effect: undefined });
  });

  test('on an open report succeeds and is an effect', () => {
    const effects = { upload: 'add-file', fileinfo: 'describe-file', finish: 'finish', retract: 'retract' };
    expect(codeOf(open, act)).toEqual({ code: 'success', effect: effects[act.kind] });
  });

  test('on an open report after its time ends it', () => {
    expect(codeOf(open, act, at('2026-03-02T12:00:00Z'))).toEqual({ code: 'report-unknown', effect: 'expire' });
  });
});

test('a report ends 24 h after opening or 1 h after the last addition, whichever is later', () => {
  fc.assert(
    fc.property(fc.option(fc.integer({ min: 0, max: 40 * 60 }), { nil: undefined }), (minutes) => {
      const added = minutes === undefined ? undefined : at(new Date(Date.parse(now) + minutes * 60_000).toISOString());
      const state = { kind: 'open', openedAt: now, ...(added === undefined ? {} : { lastAddedAt: added }) } as const;
      const end = Math.max(24 * 60, (minutes ?? -60) + 60);
      expect(expiryOf(state)).toBe(new Date(Date.parse(now) + end * 60_000).toISOString());
      expect(decideExpiry(state, expiryOf(state))?.kind).toBe('expire');
      expect(decideExpiry(state, at(new Date(Date.parse(expiryOf(state)) - 1).toISOString()))).toBeUndefined();
    }),
  );
});

describe('a batched report', () => {
  const batched: Report = { ...report, batchedReport: { reason: 'VIRAL_POTENTIAL_MEME' } };
  const viral: FileDetails = { ...details, fileAnnotations: { viral: true } };
  const finishing = (of: Report, files: Extract<Act, { kind: 'finish' }>['files']) =>
    codeOf(open, { kind: 'finish', report: of, files }).code;

  test('is finished with one file that is marked, and many posters by identifier', () => {
    const posters = { ...batched, personOrUserReported: [{ espIdentifier: '1' }, { espIdentifier: '2' }] };
    expect(finishing(posters, [{ fileId, details: viral }])).toBe('success');
    expect(finishing(batched, [])).toBe('success');
  });

  test.each([
    [
      'two files',
      batched,
      [
        { fileId, details: viral },
        { fileId, details: viral },
      ],
    ],
    ['a file without details', batched, [{ fileId }]],
    ['a file that is not marked', batched, [{ fileId, details }]],
    [
      'another annotation',
      batched,
      [{ fileId, details: { ...details, fileAnnotations: { viral: true, infant: true } } }],
    ],
    ['a file name', batched, [{ fileId, details: { ...viral, originalFileName: 'a' } }]],
    ['a supplemental file', batched, [{ fileId, details: { ...viral, fileRelevance: 'Supplemental Reported' } }]],
    ['a screen name', { ...batched, personOrUserReported: [{ screenName: 'a' }] }, []],
    ['a victim', { ...batched, victim: [{ victimPerson: {} }] }, []],
    ['an escalation', { ...batched, incidentSummary: { ...report.incidentSummary, escalateToHighPriority: 'x' } }, []],
  ] as const)('with %s is refused at finish and stays open', (_, of, files) => {
    expect(codeOf(open, { kind: 'finish', report: of as Report, files: [...files] })).toEqual({
      code: 'validation-failed',
      effect: undefined,
    });
  });
});
