import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CybertipClient, FileDetails, ReportNumber } from '@tutela/cybertip';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBuffer } from 'yauzl';
import { type Ground, openGround, type RunningDesk, settableClock, startDesk } from '../open-desk.test-support.js';
import { richDetails, richFiles, richReport } from './rich-report.test-support.js';

const clock = settableClock('2026-03-01T12:00:00Z');
let ground: Ground;
let running: RunningDesk;
let client: CybertipClient;
let reportNumber: ReportNumber;

beforeAll(async () => {
  ground = await openGround();
  running = await startDesk(ground, clock);
  const { password } = await running.desk.issueCredentials({ username: 'platform', organisation: 'Platform Ltd' });
  client = running.client('platform', password);
  reportNumber = await submitted();
  for (const [at, file] of richFiles.entries()) {
    const uploaded = await client.upload({ reportId: reportNumber, file, md5: digest('md5', file.bytes) });
    if (uploaded.kind !== 'done') throw new Error(uploaded.reason.message);
    const details = richDetails[at];
    if (details === undefined) continue;
    const whole: FileDetails = { ...details, reportId: reportNumber, fileId: uploaded.value.fileId };
    expect(await client.fileinfo(whole)).toMatchObject({ kind: 'done' });
  }
  clock.set('2026-03-01T12:34:56Z');
  expect(await client.finish(reportNumber)).toMatchObject({ kind: 'done' });
});
afterAll(async () => {
  await running.stop();
  await ground.close();
});

const digest = (algorithm: 'md5' | 'sha256', bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex');

const submitted = async (): Promise<ReportNumber> => {
  const answer = await client.submit(richReport);
  if (answer.kind !== 'done') throw new Error(answer.reason.message);
  return answer.value;
};

const exported = async (ending: '' | '.zip' | '.pdf', number: ReportNumber = reportNumber) => {
  const response = await fetch(`${running.address}/clearinghouse/reports/${number}/export${ending}`);
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
};

const entriesOf = async (bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> => {
  const zip = await promisify<Buffer, { lazyEntries: true }, import('yauzl').ZipFile>(fromBuffer)(bytes, {
    lazyEntries: true,
  });
  const entries = new Map<string, Buffer>();
  return await new Promise((resolve, reject) => {
    zip.on('error', reject).on('end', () => resolve(entries));
    zip.on('entry', (entry: import('yauzl').Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        const chunks: Buffer[] = [];
        stream
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            entries.set(entry.fileName, Buffer.concat(chunks));
            zip.readEntry();
          });
      });
    });
    zip.readEntry();
  });
};

const disclosures = async (): Promise<readonly { readonly actor: string; readonly payload: string }[]> => {
  const { rows } = await sql<{ actor: string; payload: string }>`
    select entry::jsonb->>'actor' actor, opening.payload
      from ledger.event join ledger.opening on opening.event_id = event.id
     where entry::jsonb->>'type' = 'clearinghouse.report-disclosed' order by event.seq`.execute(ground.database.db);
  return rows;
};

describe('the ZIP of a report', () => {
  test('holds its JSON and every file byte for byte, under names that stay in their folder', async () => {
    const { status, headers, bytes } = await exported('.zip');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="report-${reportNumber}.zip"`);
    const entries = await entriesOf(bytes);
    expect([...entries.keys()]).toEqual([
      `report-${reportNumber}.json`,
      'files/0001-DSC_0001.jpg',
      'files/0002-passwd',
      expect.stringMatching(/^files\/0003-(lang)+.*\.png$/),
    ]);
    const [json, ...files] = [...entries.values()];
    expect(files.map((file) => digest('sha256', file))).toEqual(richFiles.map((file) => digest('sha256', file.bytes)));
    expect(json).toEqual((await exported('')).bytes);
  });

  test('is the same each time', async () => {
    const [one, other] = [await exported('.zip'), await exported('.zip')];
    expect(digest('sha256', other.bytes)).toBe(digest('sha256', one.bytes));
  });

  test('breaks off where a file is not what it was', async () => {
    const number = await submitted();
    const bytes = Buffer.alloc(100_000, 'a file to be damaged');
    await client.upload({ reportId: number, file: { name: 'a', bytes }, md5: digest('md5', bytes) });
    await client.finish(number);
    await ground.damage();
    await expect(exported('.zip', number)).rejects.toThrow();
  });
});

describe('an export', () => {
  test('is in the ledger with who asked, for which report and in which form', async () => {
    const before = (await disclosures()).length;
    await exported('');
    await exported('.zip');
    await exported('.pdf');
    const told = (await disclosures()).slice(before);
    expect(told.map(({ actor }) => actor)).toEqual(['operator', 'operator', 'operator']);
    expect(told.map(({ payload }) => (JSON.parse(payload) as { payload: unknown }).payload)).toEqual([
      { form: 'json', files: [] },
      { form: 'zip', files: richFiles.map((file) => digest('sha256', file.bytes)) },
      { form: 'pdf', files: [] },
    ]);
  });

  test('nothing of a report is handed out unless the ledger was told', async () => {
    await sql`alter table ledger.event rename to event_away`.execute(ground.database.db);
    for (const ending of ['', '.zip', '.pdf'] as const) {
      const { status, bytes } = await exported(ending);
      expect(status).toBe(500);
      expect(bytes.toString('latin1')).not.toMatch(/^PK|^%PDF|reportedInformation/);
    }
    await sql`alter table ledger.event_away rename to event`.execute(ground.database.db);
  });

  test('of a report that is not finished is not there, and leaves no trace', async () => {
    const open = await submitted();
    const before = (await disclosures()).length;
    for (const ending of ['', '.zip', '.pdf'] as const) {
      const { status, bytes } = await exported(ending, open);
      expect([status, JSON.parse(bytes.toString())]).toEqual([
        404,
        { code: 'report-unknown', message: `no finished report ${open}` },
      ]);
    }
    expect(await disclosures()).toHaveLength(before);
  });
});

describe('the PDF of a report', () => {
  test('is the same each time, and dated by the report', async () => {
    const { bytes, headers } = await exported('.pdf');
    expect(headers.get('content-type')).toBe('application/pdf');
    clock.set('2026-03-02T00:00:00Z');
    expect(digest('sha256', (await exported('.pdf')).bytes)).toBe(digest('sha256', bytes));
    const dates = bytes.toString('latin1').match(/\(D:\d+Z\)/g);
    expect(dates).toEqual(['(D:20260301123456Z)', '(D:20260301123456Z)']);
  });

  const found = spawnSync('pdftotext', ['-v']).error === undefined;
  test.skipIf(!found)('has its facts as text (skipped: pdftotext is not installed)', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tutela-pdf-'));
    const file = path.join(folder, 'report.pdf');
    await writeFile(file, (await exported('.pdf')).bytes);
    const { stdout } = await promisify(execFile)('pdftotext', ['-raw', file, '-']);
    await rm(folder, { recursive: true });
    const text = stdout.replaceAll(/\s+/g, ' ');
    for (const fact of [
      `Report ${reportNumber}`,
      'Date received 2026-03-01T12:34:56',
      'Section A: What the reporter sent',
      'Section B: Added automatically',
      'Section C: Added by analysts',
      'Section D: Made available to',
      'yes: 1, no: 1, not stated: 1',
      'Ñandutí',
      'Маша',
      '⟨U+5C71⟩',
      '⟨U+202E⟩gpj.exe',
      '192.0.2.7, port 51344',
      'SHA-256',
    ]) {
      expect(text).toContain(fact);
    }
  });
});
