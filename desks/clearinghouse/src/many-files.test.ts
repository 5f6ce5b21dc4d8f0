import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ground, openGround, type RunningDesk, settableClock, startDesk } from './open-desk.test-support.js';

let ground: Ground;
let running: RunningDesk;
beforeAll(async () => {
  ground = await openGround();
  running = await startDesk(ground, settableClock('2026-03-01T12:00:00Z'));
});
afterAll(async () => {
  await running.stop();
  await ground.close();
});

test('a report of thousands of files can be finished', async () => {
  const { password } = await running.desk.issueCredentials({ username: 'platform', organisation: 'Platform Ltd' });
  const client = running.client('platform', password);
  const opened = await client.submit({
    incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
    reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
  });
  if (opened.kind !== 'done') throw new Error(opened.reason.message);
  await sql`insert into clearinghouse.file (file_id, report_number, ordinal, name, sha256, md5, size, received_at)
    select md5(n::text), ${opened.value}::bigint, n, n || '.jpg', md5(n::text) || md5(n::text), md5(n::text), 1, now()
      from generate_series(1, 5000) n`.execute(ground.database.db);
  const finished = await client.finish(opened.value);
  expect(finished).toMatchObject({ kind: 'done' });
  expect(finished.kind === 'done' && finished.value.length).toBe(5000);
});
