import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedClearinghouse, openClearinghouse } from './open-clearinghouse.js';

/** A bundle of Coop's `ncmecService` (docs/conformance.md says how it is made); it is not ours and not kept here. */
const bundle = process.env.TUTELA_COOP ?? '';
const driver = fileURLToPath(new URL('../../src/conformance/coop_reporting.mjs', import.meta.url));

describe.skipIf(!existsSync(bundle))("ROOST Coop's reporting code (skipped: not installed, see TUTELA_COOP)", () => {
  let clearinghouse: OpenedClearinghouse;
  const media = createServer((_, response) => response.end('a harmless picture'));
  beforeAll(async () => {
    clearinghouse = await openClearinghouse();
    await new Promise<void>((resolve) => media.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    media.close();
    await clearinghouse.close();
  });

  const drive = async (events: '1' | '2'): Promise<Readonly<Record<string, unknown>>> => {
    const { origin, username, password } = clearinghouse;
    const { port } = media.address() as AddressInfo;
    const args = [driver, bundle, `${origin}/ispws`, username, password, `http://127.0.0.1:${port}/a.png`, events];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('{"result"')) ?? '{}') as typeof said;
  };
  let said: Readonly<Record<string, unknown>>;

  test('files a report with a file', async () => {
    said = await drive('1');
    expect(said).toMatchObject({
      result: 'SUCCESS',
      requests: [
        ['/submit', 200],
        ['/upload', 200],
        ['/fileinfo', 200],
        ['/finish', 200],
      ],
      errors: [],
    });
    const response = await fetch(`${clearinghouse.origin}/clearinghouse/reports/${String(said.reportId)}`);
    expect(await response.json()).toMatchObject({
      summary: { state: 'finished', files: 1 },
      report: { personOrUserReported: [{ displayName: ['Zoë 🐘 <&>'], ipCaptureEvent: [{ port: 51_344 }] }] },
      // Coop says so of every file, whether anybody looked or not.
      files: [{ size: 18, details: { originalFileName: 'a.png', fileViewedByEsp: true, exifViewedByEsp: true } }],
    });
  });

  test('has a second address of a file refused, as in its issue 856, and tells its reviewer', async () => {
    said = await drive('2');
    expect(said.result).toBe('FAILURE');
    expect(said.requests).toEqual([['/submit', 200], ['/upload', 200], ...Array(6).fill(['/fileinfo', 400])]);
    expect(JSON.stringify(said.errors)).toContain('NCMEC rejected the report.');
  });
});
