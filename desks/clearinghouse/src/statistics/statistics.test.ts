import type { UtcInstant } from '@tutela/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ground, openGround } from '../open-desk.test-support.js';
import { openDrain } from '../triage/drain.js';
import { account, clock, filer, standard } from '../triage/triage-ground.test-support.js';
import { statisticsOf } from './statistics.js';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
  const file = await filer(ground);
  for (let n = 0; n < 6; n++) {
    await file({ report: account(`u${n}`, n === 0 ? 'DE' : 'PY'), files: [new TextEncoder().encode(`file ${n}`)] });
  }
  await file();
  await openDrain({ db: ground.database.db, clock, vault: ground.vault, policy: standard })();
});
afterAll(() => ground.close());

const march = { from: '2026-03-01T00:00:00.000Z' as UtcInstant, to: '2026-04-01T00:00:00.000Z' as UtcInstant };

test('what may be published are counts and medians; a small number is not told', async () => {
  const { counts, medians } = await statisticsOf(ground.database.db, march);
  const count = (dimension: string, value: string) =>
    counts.find((row) => row.dimension === dimension && row.value === value)?.count;
  expect(count('all', 'reports')).toBe(7);
  expect(count('country', 'PY')).toBe(5);
  expect([count('country', 'DE'), count('country', 'unknown')]).toEqual(['fewer-than-5', 'fewer-than-5']);
  expect([count('label', 'referral'), count('label', 'informational')]).toEqual([6, 'fewer-than-5']);
  expect(count('files', 'viewed')).toBe(6);
  expect(medians.find(({ measure }) => measure === 'seconds-to-judgement')).toMatchObject({ median: 0, of: 7 });
  expect(medians.find(({ measure }) => measure === 'hours-from-upload-to-report')).toMatchObject({
    median: null,
    of: 0,
  });
});

test('a period without reports has nothing to tell', async () => {
  const april = { from: march.to, to: '2026-05-01T00:00:00.000Z' as UtcInstant };
  expect((await statisticsOf(ground.database.db, april)).counts).toEqual([]);
});
