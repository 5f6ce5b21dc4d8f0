import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createCybertipClient } from '@tutela/cybertip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedClearinghouse, openClearinghouse } from './open-clearinghouse.js';

/** A folder with checkouts of the parsers; they are not ours and not fetched by us. */
const parsers = process.env.TUTELA_LE_PARSERS ?? '';
const python = process.env.TUTELA_PYTHON ?? 'python3';
const files = parsers === '' ? [] : await readdir(parsers, { recursive: true }).catch(() => []);
const has = (marker: string): boolean => files.some((file) => file.endsWith(marker));
/** The second uses nested quotes in formatted strings (PEP 701). */
const isPython312 =
  spawnSync(python, ['-c', 'import sys, openpyxl, requests; sys.exit(sys.version_info < (3, 12))']).status === 0;
const driver = fileURLToPath(new URL('../../src/conformance/police_parsers.py', import.meta.url));

const bytes = new TextEncoder().encode('a harmless picture');
const md5 = createHash('md5').update(bytes).digest('hex');

describe('the report that we export, read by open police parsers', () => {
  let clearinghouse: OpenedClearinghouse;
  let folder: string;
  let number: string;
  let said: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    if (files.length === 0 || !isPython312) return;
    clearinghouse = await openClearinghouse();
    folder = await mkdtemp(path.join(tmpdir(), 'tutela-parsers-'));
    number = await fileReport(clearinghouse);
    const response = await fetch(`${clearinghouse.origin}/clearinghouse/reports/${number}/export`);
    const file = path.join(folder, 'report.json');
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
    const { stdout } = await promisify(execFile)(python, [driver, parsers, file], { cwd: folder });
    said = JSON.parse(stdout) as typeof said;
  });
  afterAll(async () => {
    await clearinghouse?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  test.skipIf(!has('catrg/core/parser.py') || !isPython312)(
    'koebbe14/CyberTip-Analyzer-Tool-Report-Generator (skipped: not installed, see TUTELA_LE_PARSERS, TUTELA_PYTHON)',
    () => {
      expect(said.koebbe14).toEqual({
        valid: true,
        reportId: number,
        esp: 'Foreign client',
        incidentType: 'Child Sex Tourism',
        incidentAt: '03/01/2026 10:15:00 UTC',
        received: expect.stringMatching(/^\d\d\/\d\d\/\d{4}$/) as string,
        persons: [
          ['someone', ['a@b.example']],
          ['recipient', []],
        ],
        files: [['a.png', md5, false, ['198.51.100.9']]],
        pages: ['https://a.example/1'],
        addresses: {
          '192.0.2.7': [['2026-03-01T09:00:00Z', 51_344, 'LOGIN']],
          '198.51.100.9': [['2026-03-01T09:30:00Z', null, 'UPLOAD']],
        },
      });
    },
  );

  test.skipIf(!has('cybertipParser.py') || !isPython312)(
    'itslily88/cybertipParser (skipped: not installed, see TUTELA_LE_PARSERS, TUTELA_PYTHON)',
    () => {
      const sheets = said.itslily88 as Readonly<Record<string, readonly (readonly unknown[])[]>>;
      expect(sheets[`_CT${number}_Parsed_IPs.xlsx`]).toEqual([
        ['IP Address', 'Datetime', 'ISP', 'Source / TIP Filename', 'Type'],
        ['192.0.2.7', '2026-03-01 09:00:00 UTC', 'not asked', 'Suspect Account', 'LOGIN'],
        ['198.51.100.9', '2026-03-01 09:30:00 UTC', 'not asked', 'a.png', 'UPLOAD'],
      ]);
      const [about, suspect, , media] = sheets[`_CT${number}_Parsed_Multimedia.xlsx`] ?? [];
      expect(about).toContain(`Cybertip=${number}`);
      expect(suspect).toContain('Suspect User Name=someone');
      expect(media?.slice(0, 9)).toEqual([
        'a.png',
        'holiday.png',
        'UPLOAD',
        '198.51.100.9',
        '2026-03-01 09:30:00 UTC',
        null,
        'False',
        'None',
        md5,
      ]);
    },
  );
});

const fileReport = async ({ origin, username, password }: OpenedClearinghouse): Promise<string> => {
  const client = createCybertipClient({ baseUrl: `${origin}/ispws`, environment: 'test', username, password });
  const opened = await client.submit({
    incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
    internetDetails: [{ webPageIncident: { url: ['https://a.example/1'] } }],
    reporter: { reportingPerson: { lastName: 'Safety', email: [{ value: 'safety@platform.example' }] } },
    personOrUserReported: [
      {
        personOrUserReportedPerson: { email: [{ value: 'a@b.example' }] },
        screenName: 'someone',
        ipCaptureEvent: [
          { ipAddress: '192.0.2.7', eventName: 'Login', dateTime: '2026-03-01T09:00:00Z', port: 51_344 },
        ],
      },
    ],
    intendedRecipient: [{ screenName: 'recipient' }],
  });
  if (opened.kind !== 'done') throw new Error(opened.reason.message);
  const uploaded = await client.upload({ reportId: opened.value, file: { name: 'a.png', bytes }, md5 });
  if (uploaded.kind !== 'done') throw new Error(uploaded.reason.message);
  await client.fileinfo({
    reportId: opened.value,
    fileId: uploaded.value.fileId,
    originalFileName: 'holiday.png',
    fileViewedByEsp: false,
    ipCaptureEvent: { ipAddress: '198.51.100.9', eventName: 'Upload', dateTime: '2026-03-01T09:30:00Z' },
  });
  await client.finish(opened.value);
  return opened.value;
};
