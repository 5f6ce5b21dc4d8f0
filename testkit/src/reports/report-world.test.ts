import { checkFileDetails, checkReport, type FileId, type ReportNumber } from '@tutela/cybertip';
import { pdq } from '@tutela/fingerprint';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { namedShares, usersByCountry } from '../seizure/shares.js';
import { reportPictures } from './report-pictures.js';
import { makeReportWorld } from './report-world.js';
import { reportKinds } from './truth.js';

const now = '2026-01-01T00:00:00.000Z' as never;

test('the same seed makes the same reports, another seed others', async () => {
  const [one, two, three] = await Promise.all(
    [7, 7, 8].map(async (seed) => {
      const { reports } = await makeReportWorld({ reports: 120, seed });
      return JSON.stringify(reports.map(({ truth, filed }) => [truth, filed().report]));
    }),
  );
  expect(two).toBe(one);
  expect(three).not.toBe(one);
}, 30_000);

test('every kind of report is there, and the service that files it has nothing to find fault with', async () => {
  const { reports, reporters } = await makeReportWorld({ reports: 400, seed: 3 });
  expect(new Set(reports.map(({ truth }) => truth.kind))).toEqual(new Set(reportKinds));
  expect(new Set(reports.map(({ truth }) => truth.key)).size).toBe(400);
  expect(Math.max(...reports.map(({ reporter }) => reporter))).toBeLessThan(reporters.length);
  for (const { filed } of reports) {
    const { report, files } = filed();
    expect(checkReport(report, { now })).toMatchObject({ schema: [], rules: [] });
    for (const { details } of files) {
      const whole = { ...details, reportId: '1' as ReportNumber, fileId: 'a'.repeat(32) as FileId };
      expect(checkFileDetails(whole, { now })).toMatchObject({ schema: [], rules: [] });
    }
  }
}, 30_000);

test('those who are reported are of the countries of the seizure of 2015 in its proportions', async () => {
  const { reports } = await makeReportWorld({ reports: 8000, seed: 1 });
  const counts = new Map<string, number>();
  const placed = reports.filter(({ truth }) => truth.countries.length === 1);
  for (const { truth } of placed) counts.set(truth.countries[0]!, (counts.get(truth.countries[0]!) ?? 0) + 1);
  expect(counts.size).toBeGreaterThan(95);
  for (const [country, users] of Object.entries(namedShares)) {
    expect((counts.get(country) ?? 0) / placed.length).toBeCloseTo(users / 7500, 1);
  }
  expect(usersByCountry(7500).size).toBe(100);
}, 60_000);

test('copies of one picture look alike, and other pictures do not', async () => {
  const ofTheDemonstration = Array.from({ length: 6 }, (_, at) => 2_015_000 + at);
  const made = await reportPictures([1, 2, 3, 1000, ...ofTheDemonstration], 4);
  const looks = await Promise.all(
    made.map((contents) =>
      Promise.all(
        contents.map(async ({ bytes }) => {
          const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
          const { hash, quality } = pdq({ width: info.width, height: info.height, rgb: data });
          expect(quality).toBeGreaterThanOrEqual(50);
          return hash;
        }),
      ),
    ),
  );
  for (const [at, own] of looks.entries()) {
    for (const one of own) {
      for (const other of own) expect(distance(one, other)).toBeLessThanOrEqual(31);
      for (const others of looks.filter((_, place) => place !== at)) {
        for (const other of others) expect(distance(one, other)).toBeGreaterThan(62);
      }
    }
  }
});

const distance = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((bits, byte, at) => bits + (byte ^ other[at]!).toString(2).replaceAll('0', '').length, 0);
