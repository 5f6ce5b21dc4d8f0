import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { noFaults, portBlockCarrier, sessionCarrier } from '@tutela/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { answerImport } from './imported-observations.js';
import { mistakeTable } from './mistake-table.js';
import { logStart, pool } from './parameters.js';
import { openProviderLog, type ProviderInput, type ProviderLog } from './provider-log.js';
import { blockReference, mistakeReference, sessionReference } from './reference-tables.js';
import { askKnownTruth } from './truth-questions.js';
import { windowTable } from './window-table.js';

const folder = mkdtempSync(path.join(tmpdir(), 'tutela-attribute-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { signal } = new AbortController();
const deps = { signal, onProgress: () => {} };

const readOf = (name: string, input: Pick<ProviderInput, 'carrier' | 'kind'>): Promise<ProviderLog> =>
  openProviderLog(deps, {
    ...input,
    faults: noFaults,
    clockErrorMs: 0,
    folder: mkdtempSync(path.join(folder, name)),
    records: 'resident',
  });

/** Four standard errors of a share in hundredths, and what rounding takes. */
const errorOf = (hundredths: number, questions: number): number =>
  400 * Math.sqrt(((hundredths / 100) * (1 - hundredths / 100)) / questions) + 0.3;

const days = 9;
/** Hours by which a mistake moves a question, and so the share of questions that it moves beyond the end of the log. */
const hoursMoved = [0, 1 / 60, 1, 3, 5, 12, 72, 0, 0];
const beyond = (row: number, ofDays: number): number => hoursMoved[row]! / 24 / ofDays;

describe('a provider with port blocks', async () => {
  const carrier = portBlockCarrier({
    seed: 1,
    addresses: 11,
    days,
    fromMs: logStart,
    firstAddress: pool.value,
    turns: 'in-step',
  });
  const log = await readOf('blocks', { carrier, kind: 'junos-blocks' });
  afterAll(log.close);

  test('a wider window finds innocent people, as the table of §4.5 says, and Tutela names none of them', () => {
    const rows = windowTable(log, { seconds: [60, 300, 900], questions: 3000, seed: 5, of: 'any' });
    for (const { seconds, naive, tutela, unheld } of rows) {
      const { one, falseOne = 0 } = blockReference.get(seconds)!;
      expect(Math.abs(100 * naive.one - one)).toBeLessThan(errorOf(one, 3000));
      expect(Math.abs(100 * naive.falseOne - falseOne)).toBeLessThan(errorOf(falseOne, unheld));
      expect(tutela).toMatchObject({ wrong: 0, falseOne: 0 });
      expect(tutela.exact).toBeGreaterThan(0.8);
    }
  });

  test('a mistaken hour is another person, or refused where the hour is not clear as it is written', () => {
    const rows = mistakeTable(log, { questions: 1000, seed: 6 });
    for (const [place, { mistake, naive }] of rows.entries()) {
      const [same, none, wrong] = mistakeReference.get(mistake)!;
      // Of thirty days, in which ten of a thousand addresses are the last as well; here the first follow them.
      const referenceBeyond = beyond(place, 30) + (mistake === 'address off by 10' ? 0.01 : 0);
      const within = (1 - beyond(place, days)) / (1 - referenceBeyond);
      const noneHere = 100 * beyond(place, days) + (none - 100 * referenceBeyond) * within;
      expect(Math.abs(100 * naive.same - same * within), mistake).toBeLessThan(errorOf(same * within, 1000));
      expect(Math.abs(100 * naive.none - noneHere), mistake).toBeLessThan(errorOf(noneHere, 1000));
      expect(Math.abs(100 * naive.wrong - wrong * within), mistake).toBeLessThan(errorOf(wrong * within, 1000));
    }
    const [, , hour, zone, abbreviation, half] = rows;
    expect([zone, abbreviation, half].map((row) => row?.tutela.refused)).toEqual([1, 1, 1]);
    expect(hour?.tutela.unwarned).toBe(0);
  });

  test('an import is answered row by row, and nobody is named who was not there', () => {
    const { asked, kinds, byCountry, drawn } = answerImport(log, { observations: 600, seed: 7 });
    expect(asked).toBe(600);
    expect(Object.values(byCountry).reduce((sum, count) => sum + count)).toBe(drawn);
    expect(kinds.reduce((sum, { rows }) => sum + rows, 0)).toBe(600);
    expect(kinds.reduce((sum, { wrong }) => sum + wrong, 0)).toBe(0);
    const of = (name: string) => kinds.find(({ kind }) => kind === name)!;
    expect(of('hearsay')).toMatchObject({ refused: { CONTACT_HEARSAY: of('hearsay').rows }, outcomes: {} });
    expect(of('no port').outcomes).toEqual({ N_CANDIDATES: of('no port').rows });
    expect(of('clock error unknown')).toMatchObject({ named: 0 });
  });
});

test.each([0, 120])('sessions with %i s of rest: the share with exactly one is that of §4.5', async (seconds) => {
  const whole = sessionCarrier(
    { seed: 2, addresses: 1, days: 1, fromMs: logStart, firstAddress: pool.value },
    seconds * 1000,
  );
  const log = await readOf('sessions', { carrier: { ...whole, slotsPerAddress: 600 }, kind: 'cisco-sessions' });
  for (const row of windowTable(log, { seconds: [60, 300, 900], questions: 1500, seed: 8, of: 'held' })) {
    const expected = sessionReference[seconds]!.get(row.seconds)!;
    expect(Math.abs(100 * row.naive.one - expected)).toBeLessThan(errorOf(expected, 1500));
    expect(row.tutela.wrong).toBe(0);
  }
  log.close();
});

test('no wrong person in 20,000 questions to logs with faults, where the nearest within ±300 s names hundreds', async () => {
  const count = await askKnownTruth({ signal, folder, onProgress: () => {} }, { questions: 20_000, seed: 11 });
  expect(count).toMatchObject({ questions: 20_000, wrong: 0, provenNobodyWrong: 0 });
  expect(count.outcomes.EXACT_ONE).toBeGreaterThan(100);
  expect(count.naive.wrong).toBeGreaterThan(200);
});
