import { createHash } from 'node:crypto';
import type { FileDetails, FileId, Report, ReportNumber } from '@tutela/cybertip';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Ground, openGround, type RunningDesk, settableClock, startDesk } from './open-desk.test-support.js';

const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
const bytes = new TextEncoder().encode('a harmless picture');
const unknownFile = 'f'.repeat(32) as FileId;
const unknownReport = '999' as ReportNumber;

const report: Report = {
  incidentSummary: {
    incidentType: 'Child Pornography (possession, manufacture, and distribution)',
    incidentDateTime: '2026-03-01T10:15:00Z',
  },
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
  personOrUserReported: [
    {
      screenName: 'someone',
      ipCaptureEvent: [
        { ipAddress: '192.0.2.7', eventName: 'Login', dateTime: '2026-03-01T10:00:00Z', port: 51_344 },
        { ipAddress: '198.51.100.9', possibleProxy: true },
      ],
    },
  ],
};

let ground: Ground;
let running: RunningDesk;
const clock = settableClock('2026-03-01T12:00:00Z');
let password: string;

beforeAll(async () => {
  ground = await openGround();
  running = await startDesk(ground, clock);
  ({ password } = await running.desk.issueCredentials({ username: 'platform', organisation: 'Platform Ltd' }));
});
beforeEach(() => clock.set('2026-03-01T12:00:00Z'));
afterAll(async () => {
  await running.stop();
  await ground.close();
});

const restart = async (): Promise<void> => {
  await running.stop();
  running = await startDesk(ground, clock);
};
const client = () => running.client('platform', password);

const submitted = async (): Promise<ReportNumber> => {
  const answer = await client().submit(report);
  if (answer.kind !== 'done') throw new Error(answer.reason.message);
  return answer.value;
};
const uploaded = async (reportId: ReportNumber): Promise<FileId> => {
  const answer = await client().upload({ reportId, file: { name: 'holiday "1".png', bytes }, md5: md5Of(bytes) });
  if (answer.kind !== 'done') throw new Error(answer.reason.message);
  return answer.value.fileId;
};
const detailsOf = (reportId: ReportNumber, fileId: FileId): FileDetails => ({
  reportId,
  fileId,
  originalFileName: 'holiday.png',
  fileViewedByEsp: false,
  fileRelevance: 'Reported',
});
const json = async (path: string): Promise<unknown> => await (await fetch(`${running.address}${path}`)).json();

describe('a report over HTTP', () => {
  test('is submitted, gets a file and its details, and is finished, with a restart between any two steps', async () => {
    const reportId = await submitted();
    await restart();
    const fileId = await uploaded(reportId);
    expect(fileId).toMatch(/^[0-9a-f]{32}$/);
    await restart();
    expect(await client().fileinfo(detailsOf(reportId, fileId))).toMatchObject({ kind: 'done', value: reportId });
    await restart();
    expect(await client().finish(reportId)).toMatchObject({ kind: 'done', value: [fileId], httpStatus: 200 });
    await restart();

    expect(await json(`/clearinghouse/reports/${reportId}`)).toMatchObject({
      summary: { reportNumber: reportId, state: 'finished', organisation: 'Platform Ltd', files: 1 },
      report,
      files: [
        { fileId, name: 'holiday "1".png', md5: md5Of(bytes), size: bytes.length, details: { fileViewedByEsp: false } },
      ],
    });
    const opened = await ground.vault.open(createHash('sha256').update(bytes).digest('hex') as never);
    expect(opened.kind).toBe('done');
  });

  test('refuses every act in a wrong state with the code of that state', async () => {
    const finished = await submitted();
    const fileId = await uploaded(finished);
    await client().finish(finished);
    const retracted = await submitted();
    await client().retract(retracted);

    const codes = async (reportId: ReportNumber): Promise<readonly string[]> => {
      const answers = [
        await client().upload({ reportId, file: { name: 'a', bytes }, md5: md5Of(bytes) }),
        await client().fileinfo(detailsOf(reportId, fileId)),
        await client().finish(reportId),
        await client().retract(reportId),
      ];
      return answers.map((answer) => (answer.kind === 'done' ? 'done' : answer.reason.code));
    };
    expect(await codes(finished)).toEqual(Array(4).fill('report-finished'));
    expect(await codes(retracted)).toEqual(Array(4).fill('report-retracted'));
    expect(await codes(unknownReport)).toEqual(Array(4).fill('report-unknown'));
  });

  test('of another reporter does not exist', async () => {
    const reportId = await submitted();
    const other = await running.desk.issueCredentials({ username: 'other', organisation: 'Other' });
    const answer = await running.client('other', other.password).retract(reportId);
    expect(answer).toMatchObject({ kind: 'refused', reason: { code: 'report-unknown' } });
    expect(await client().retract(reportId)).toMatchObject({ kind: 'done' });
  });

  test('takes the same file details twice and refuses different ones', async () => {
    const reportId = await submitted();
    const fileId = await uploaded(reportId);
    const details = detailsOf(reportId, fileId);
    expect(await client().fileinfo(details)).toMatchObject({ kind: 'done' });
    expect(await client().fileinfo(details)).toMatchObject({ kind: 'done' });
    expect(await client().fileinfo({ ...details, publiclyAvailable: true })).toMatchObject({
      kind: 'refused',
      reason: { code: 'update-failed' },
    });
    expect(await client().fileinfo({ ...details, fileId: unknownFile })).toMatchObject({
      kind: 'refused',
      reason: { code: 'file-unknown' },
    });
  });

  test('ends 24 hours after opening unless something was added within the last hour, and its content goes', async () => {
    const silent = await submitted();
    const busy = await submitted();
    clock.set('2026-03-02T11:30:00Z');
    await uploaded(busy);
    clock.set('2026-03-02T12:00:00Z');
    expect(await running.desk.expireOverdue()).toBeGreaterThanOrEqual(1);
    expect(await client().finish(silent)).toMatchObject({ kind: 'refused', reason: { code: 'report-unknown' } });
    expect(await json(`/clearinghouse/reports/${silent}`)).toMatchObject({
      summary: { state: 'expired' },
      report: null,
      files: [],
    });
    clock.set('2026-03-02T12:29:59Z');
    expect(await client().finish(busy)).toMatchObject({ kind: 'done' });
  });

  test('names a country from addresses in the range data, and shows what decided nothing', async () => {
    const reportId = await submitted();
    await client().finish(reportId);
    const { location } = (await json(`/clearinghouse/reports/${reportId}`)) as { location: object };
    expect(location).toMatchObject({
      outcome: 'one-country',
      countries: ['PY'],
      signals: [
        { kind: 'ip-address', country: 'PY', weight: 'decides' },
        { kind: 'ip-address', country: 'US', weight: 'shown', reason: 'possible-proxy' },
      ],
      sources: [{ name: 'documentation ranges (synthetic)', date: '2026-01-01' }],
    });
    const { locations } = (await json('/clearinghouse/locations?country=PY&limit=1')) as { locations: object[] };
    expect(locations).toMatchObject([{ reportNumber: reportId }]);
  });

  test('may follow up an earlier report that exists, and no other', async () => {
    const earlier = await submitted();
    await client().finish(earlier);
    const following = (prior: ReportNumber): Report => ({
      ...report,
      personOrUserReported: [{ priorCTReports: [prior] }],
    });
    expect(await client().submit(following(earlier))).toMatchObject({ kind: 'done' });
    expect(await client().submit(following(unknownReport))).toMatchObject({
      kind: 'refused',
      reason: { code: 'validation-failed' },
    });
  });

  test('is listed newest first, page by page, without a gap', async () => {
    for (let n = 0; n < 3; n++) await submitted();
    const all = (await json('/clearinghouse/reports?limit=500')) as { reports: { reportNumber: string }[] };
    const paged: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = (await json(`/clearinghouse/reports?limit=2${next && `&before=${next}`}`)) as {
        reports: { reportNumber: string }[];
        next: string | null;
      };
      paged.push(...page.reports.map(({ reportNumber }) => reportNumber));
      next = page.next;
    }
    expect(paged).toEqual(all.reports.map(({ reportNumber }) => reportNumber));
    expect(paged).toEqual(paged.toSorted((a, b) => Number(b) - Number(a)));
  });
});

test('the desk at a glance counts reports by state and countries, an unknown one among them', async () => {
  const before = (await running.desk.summary()) as unknown as Glance;
  const finished = await submitted();
  await client().finish(finished);
  await client().retract(await submitted());
  const nowhere = await client().submit({ ...report, personOrUserReported: [{ screenName: 'someone' }] });
  if (nowhere.kind !== 'done') throw new Error(nowhere.reason.message);
  await client().finish(nowhere.value);
  const after = (await running.desk.summary()) as unknown as Glance;
  expect(after.reports.finished - before.reports.finished).toBe(2);
  expect(after.reports.retracted - before.reports.retracted).toBe(1);
  const grownBy = (country: string) => countOf(after, country) - countOf(before, country);
  expect([grownBy('PY'), grownBy('unknown')]).toEqual([1, 1]);
  expect(after.latest[0]).toMatchObject({
    number: nowhere.value,
    state: 'finished',
    reporter: 'Platform Ltd',
    countries: [],
  });
});

interface Glance {
  readonly reports: { readonly finished: number; readonly retracted: number };
  readonly countries: readonly { readonly country: string; readonly reports: number }[];
  readonly latest: readonly object[];
}
const countOf = ({ countries }: Glance, country: string): number =>
  countries.find((row) => row.country === country)?.reports ?? 0;

describe('credentials', () => {
  test('let their owner in, and nobody with a wrong password, whether the answer has a body or not', async () => {
    expect(await client().status()).toMatchObject({
      kind: 'done',
      value: 'Remote User : platform, Remote Ip : 127.0.0.1',
    });
    const wrong = running.client('platform', 'wrong');
    expect(await wrong.submit(report)).toMatchObject({
      kind: 'refused',
      httpStatus: 401,
      reason: { code: 'authentication-required' },
    });
    const legacy = await startDesk(ground, clock, { httpStyle: 'legacy' });
    expect(await legacy.client('nobody', 'wrong').status()).toMatchObject({
      kind: 'refused',
      responseCode: 1000,
      reason: { code: 'authentication-required' },
    });
    await legacy.stop();
  });

  test('can be renewed, and the old password ends', async () => {
    const first = await running.desk.issueCredentials({ username: 'renewed', organisation: 'R' });
    const second = await running.desk.issueCredentials({ username: 'renewed', organisation: 'R' });
    expect(second.reporterId).toBe(first.reporterId);
    expect((await running.client('renewed', first.password).status()).kind).toBe('refused');
    expect((await running.client('renewed', second.password).status()).kind).toBe('done');
  });
});
