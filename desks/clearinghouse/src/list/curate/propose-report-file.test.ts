import type { FileId, ReportNumber } from '@tutela/cybertip';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, entryOf, type ListWorld, openListWorld, value } from '../open-list.test-support.js';
import { shownEntries } from '../queries/entries.js';
import { proposeReportFile } from './propose-report-file.js';
import { vouch } from './vouch.js';

let world: ListWorld;
beforeAll(async () => {
  world = await openListWorld();
}, 60_000);
afterAll(() => world.close());

const picture = 'a'.repeat(32) as FileId;
const words = 'b'.repeat(32) as FileId;

/** A finished report with a picture that was looked at, and a text. */
const filed = async (): Promise<ReportNumber> => {
  const { rows } = await sql<{ n: ReportNumber }>`
    with service as (
      insert into clearinghouse.reporter (reporter_id, username, organisation, password_sha256, issued_at)
      values (gen_random_uuid(), 'service', 'Service', sha256('x'), now()) returning reporter_id
    ), made as (
      insert into clearinghouse.report (reporter_id, state, incident_type, opened_at, ended_at)
      select reporter_id, 'finished', 'Child Sex Tourism', now(), now() from service returning report_number
    ), held as (
      insert into clearinghouse.file (file_id, report_number, ordinal, name, sha256, md5, size, received_at)
      select id, report_number, ordinal, 'name', repeat(letter, 64), repeat(letter, 32), 1, now()
        from made, (values (${picture}, 1, 'c'), (${words}, 2, 'd')) as file(id, ordinal, letter)
    )
    select report_number::text as n from made`.execute(world.db);
  await sql`
    insert into clearinghouse.picture (sha256, outcome, pdq, seed)
    values (repeat('c', 64), 'picture', decode(repeat('0f', 32), 'hex'), null)`.execute(world.db);
  if (rows[0] === undefined) throw new Error('no report');
  return rows[0].n;
};

test('a picture of a report becomes known by two reviewers, under the fingerprints of what was received', async () => {
  const reportNumber = await filed();
  const { category } = entryOf(1);
  const asked = { list: world.list, reportNumber, by: world.people.clerk.id, category, vetting: 'two looked' };
  expect(codeOf(await proposeReportFile(world.deps, { ...asked, fileId: words }))).toBe('not-a-picture');
  expect(codeOf(await proposeReportFile(world.deps, { ...asked, fileId: 'e'.repeat(32) as FileId }))).toBe(
    'unknown-file',
  );

  const { batch, digest } = value(await proposeReportFile(world.deps, { ...asked, fileId: picture }));
  const [proposed] = await shownEntries(world.db, { list: world.list, limit: 1, batch });
  expect(proposed).toMatchObject({
    state: 'proposed',
    fingerprints: { MD5: 'c'.repeat(32), SHA256: 'c'.repeat(64), PDQ: '0f'.repeat(32) },
  });
  for (const who of ['ann', 'bob'] as const) {
    value(await vouch(world.deps, await world.people[who].approval(digest, world.clock.now())));
  }
  expect((await shownEntries(world.db, { list: world.list, limit: 1, batch }))[0]?.state).toBe('listed');
});
