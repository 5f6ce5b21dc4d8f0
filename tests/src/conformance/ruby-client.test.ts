import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedClearinghouse, openClearinghouse } from './open-clearinghouse.js';

/** A Ruby that finds `ncmec_reporting` and its gems (RUBYLIB); they are not ours and not installed by us. */
const ruby = process.env.TUTELA_RUBY ?? 'ruby';
const found = spawnSync(ruby, ['-e', 'require "ncmec_reporting"']).status === 0;
const driver = fileURLToPath(new URL('../../src/conformance/ncmec_reporting_client.rb', import.meta.url));

describe.skipIf(!found)(
  'the Ruby client ello/ncmec_reporting (skipped: not installed, see TUTELA_RUBY, RUBYLIB)',
  () => {
    let clearinghouse: OpenedClearinghouse;
    beforeAll(async () => {
      clearinghouse = await openClearinghouse();
    });
    afterAll(() => clearinghouse.close());

    test('files a report with a file, finishes, retracts, and fails on a bad password', async () => {
      const { origin, username, password } = clearinghouse;
      const { stdout } = await promisify(execFile)(ruby, [driver, `${origin}/ispws`, username, password]);
      const said = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
      expect(said).toEqual({
        online: true,
        submit: 'ok',
        number: expect.any(String) as string,
        upload: 'ok',
        finish: 'ok',
        retractFinished: '5102',
        submitOther: 'ok',
        retract: 'ok',
        wrongPassword: expect.stringContaining('InvalidRequest') as string,
      });
      const response = await fetch(`${origin}/clearinghouse/reports/${String(said.number)}`);
      expect(await response.json()).toMatchObject({
        summary: { state: 'finished', files: 1 },
        report: { personOrUserReported: [{ screenName: 'someone <&>' }] },
        files: [{ details: { fileViewedByEsp: false } }],
      });
    });
  },
);
