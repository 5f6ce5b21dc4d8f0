import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedClearinghouse, openClearinghouse } from './open-clearinghouse.js';

/** A Python in which the PyPI package `ncmec-cybertip` is installed; it is not ours and not installed by us. */
const python = process.env.TUTELA_PYTHON ?? 'python3';
const found = spawnSync(python, ['-c', 'import ncmec_cybertip']).status === 0;
const driver = fileURLToPath(new URL('../../src/conformance/ncmec_cybertip_client.py', import.meta.url));

describe.skipIf(!found)('the Python client ncmec-cybertip (skipped: not installed, see TUTELA_PYTHON)', () => {
  let clearinghouse: OpenedClearinghouse;
  beforeAll(async () => {
    clearinghouse = await openClearinghouse();
  });
  afterAll(() => clearinghouse.close());

  test('files a report with a file, finishes, retracts, and is told of a bad password', async () => {
    const { origin, username, password } = clearinghouse;
    const { stdout } = await promisify(execFile)(python, [driver, `${origin}/ispws`, username, password]);
    const said = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(said).toEqual({
      status: `Remote User : ${username}, Remote Ip : 127.0.0.1`,
      md5: createHash('md5').update('a harmless picture').digest('hex'),
      fileinfo: 0,
      finished: 0,
      number: expect.any(Number) as number,
      retractFinished: 5102,
      retract: 0,
      finishRetracted: 5101,
      wrongPassword: 401,
    });
    const response = await fetch(`${origin}/clearinghouse/reports/${String(said.number)}`);
    expect(await response.json()).toMatchObject({
      summary: { state: 'finished', files: 1 },
      report: { personOrUserReported: [{ screenName: 'Zoë 🐘 <&>', associatedAccount: [{ accountType: 'Linked' }] }] },
    });
  });
});
