import { systemClock } from '@tutela/core';
import type { FileDetails, Report } from '@tutela/cybertip';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sequence } from '@tutela/ledger/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearinghouseCoveredTables } from './desk.js';
import { type Ground, openGround, type RunningDesk, settableClock, startDesk } from './open-desk.test-support.js';

const report: Report = {
  incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
};
const bytes = new TextEncoder().encode('a harmless picture');
const md5 = '4b40dbeb5c5aadf4a4a0f0bfd3bd5e2f';

let ground: Ground;
let running: RunningDesk;
const clock = settableClock('2026-03-01T12:00:00Z');
const signer = signerFromPem('clearinghouse.example/ledger', newSigningKeyPem());
const key = noteKey(nodeHasher, signer.name, signer.publicKey);

beforeAll(async () => {
  ground = await openGround();
  running = await startDesk(ground, clock);
  const { password } = await running.desk.issueCredentials({ username: 'platform', organisation: 'Platform Ltd' });
  const client = running.client('platform', password);
  const opened = async () => {
    const answer = await client.submit(report);
    if (answer.kind !== 'done') throw new Error(answer.reason.message);
    await client.upload({ reportId: answer.value, file: { name: 'a', bytes }, md5 });
    return answer.value;
  };
  const finished = await opened();
  const [fileId] = await sql<{ file_id: FileDetails['fileId'] }>`select file_id from clearinghouse.file`
    .execute(ground.database.db)
    .then(({ rows }) => rows.map(({ file_id }) => file_id));
  if (fileId === undefined) throw new Error('no file');
  await client.fileinfo({ reportId: finished, fileId, fileViewedByEsp: false });
  await client.finish(finished);
  await client.retract(await opened());
  await opened();
  clock.set('2026-03-02T12:00:00Z');
  await running.desk.expireOverdue();
  await opened();
  // Ends what judges reports in the background.
  await running.stop();
  await sequence(ground.database.db, { signer, clock: systemClock });
});
afterAll(() => ground.close());

const check = () => checkLedger(ground.database.db, { publicKeys: [key], coveredTables: clearinghouseCoveredTables });

test('every row of the desk is vouched for by the ledger, those that went included', async () => {
  const { findings, counts } = await check();
  expect(findings).toEqual([]);
  expect(counts.pending).toBe(0);
  const { rows } = await sql<{ type: string }>`select entry::jsonb ->> 'type' as type from ledger.event`.execute(
    ground.database.db,
  );
  expect(counts.leaves).toBe(rows.length);
  expect(rows.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['clearinghouse.located', 'clearinghouse.triage-policy-adopted', 'clearinghouse.triaged']),
  );
});

describe('the check finds', () => {
  test.each([
    ['a changed report', 'report', "incident_type = incident_type || '!'", 'incident_type = left(incident_type, -1)'],
    ['a changed document', 'submission', "document = document || '!'", 'document = left(document::text, -2)::bytea'],
    ['another file', 'file', 'size = size + 1', 'size = size - 1'],
    [
      'a changed viewed flag',
      'file_details',
      `content = content || '{"fileViewedByEsp": true}'`,
      `content = content || '{"fileViewedByEsp": false}'`,
    ],
    ['a changed score', 'triage', 'priority = 100 - priority', 'priority = 100 - priority'],
    [
      'a changed policy',
      'triage_policy',
      `content = content || '{"number": 9}'`,
      `content = content || '{"number": 1}'`,
    ],
    ['a changed location', 'location', `signals = '["x"]'`, `signals = '[]'`],
    ['a changed reporter', 'reporter', `organisation = organisation || '!'`, 'organisation = left(organisation, -1)'],
  ])('%s', async (_, table, change, back) => {
    const { db } = ground.database;
    await sql.raw(`update clearinghouse.${table} set ${change}`).execute(db);
    const { findings } = await check();
    await sql.raw(`update clearinghouse.${table} set ${back}`).execute(db);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      expect(finding).toMatchObject({ kind: 'row-altered', table: `clearinghouse.${table}` });
    }
    expect((await check()).findings).toEqual([]);
  });

  test('a report that came without an event', async () => {
    const { db } = ground.database;
    const { rows } = await sql<{ report_number: string }>`
      insert into clearinghouse.report (reporter_id, state, incident_type, opened_at)
      select reporter_id, 'open', 'Child Sex Tourism', now() from clearinghouse.reporter
      returning report_number::text`.execute(db);
    expect((await check()).findings).toMatchObject([{ kind: 'row-without-event', table: 'clearinghouse.report' }]);
    await sql`delete from clearinghouse.report where report_number = ${rows[0]?.report_number}::bigint`.execute(db);
  });
});
