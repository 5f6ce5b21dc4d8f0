import { afterAll, beforeAll, expect, test } from 'vitest';
import { minute, openTestPolicy, type TestPolicy } from './policy-database.test-support.js';
import { addSite, readSite } from './site.js';

let policy: TestPolicy;
beforeAll(async () => {
  policy = await openTestPolicy();
});
afterAll(() => policy.scratch.close());

test('an origin at which approvals are served is on record once', async () => {
  expect(await readSite(policy.db)).toEqual({ rpId: 'localhost', origins: [] });
  const origin = 'http://localhost:8642';
  for (const at of [minute(1), minute(2)]) await policy.act((tx) => addSite(tx, { origin, by: 'tutela', at }));
  expect(await readSite(policy.db)).toEqual({ rpId: 'localhost', origins: [origin] });
  expect(await policy.findings()).toEqual([]);
});
