import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '@stricli/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine, exitCodeOf } from '../command-line.js';
import type { TutelaContext } from '../context.js';

const fixtures = fileURLToPath(new URL('../../../../packages/evidence/fixtures/', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'package-commands-'));
  copyFileSync(path.join(fixtures, 'sample.tar'), path.join(folder, 'whole.tar'));
  copyFileSync(path.join(fixtures, 'sample-trust.json'), path.join(folder, 'court.json'));
  const bytes = readFileSync(path.join(folder, 'whole.tar'));
  bytes.write('staff-9', bytes.indexOf('staff-1'));
  writeFileSync(path.join(folder, 'damaged.tar'), bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command of `tutela package`, called in that folder. */
const call = async (...args: readonly string[]) => {
  const written: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
  const process: TutelaContext['process'] = {
    stdout: { write: (text) => written.stdout.push(text) },
    stderr: { write: (text) => written.stderr.push(text) },
    env: {},
  };
  const interruption = () => new AbortController().signal;
  const log = (line: string): void => void written.stderr.push(line);
  await run(commandLine({}, '1.2.3'), ['package', ...args], { process, env: {}, folder, interruption, log });
  return { stdout: written.stdout.join(''), stderr: written.stderr.join(''), code: exitCodeOf(process.exitCode ?? 0) };
};

describe('tutela package verify', () => {
  test('ends with 0 for a package whose keys are trusted, with 4 when nothing is known of them', async () => {
    expect(await call('verify', 'whole.tar', '--trust', 'court.json')).toMatchObject({ code: 0 });
    const { code, stdout } = await call('verify', 'whole.tar');
    expect(code).toBe(4);
    expect(stdout).toContain('CONSISTENT, KEYS NOT CHECKED.');
  });

  test('takes keys as flags', async () => {
    const { logKeys, witnessKeys, timeRoots } = JSON.parse(
      readFileSync(path.join(folder, 'court.json'), 'utf8'),
    ) as Record<'logKeys' | 'witnessKeys' | 'timeRoots', readonly string[]>;
    writeFileSync(path.join(folder, 'root.pem'), timeRoots[0] as string);
    const keys = [
      ...logKeys.flatMap((key) => ['--log-key', key]),
      ...witnessKeys.flatMap((key) => ['--witness-key', key]),
    ];
    expect(await call('verify', 'whole.tar', ...keys, '--time-root', 'root.pem')).toMatchObject({ code: 0 });
  });

  test('ends with 1 and names what is at fault', async () => {
    const { code, stdout } = await call('verify', 'damaged.tar', '--json');
    const { verdict, faults } = JSON.parse(stdout) as { verdict: string; faults: readonly { file: string }[] };
    expect([code, verdict]).toEqual([1, 'faulty']);
    expect(faults.map(({ file }) => file)).toContain('data/ledger/events.jsonl');
  });

  test('ends with 3 when there is nothing to read, with 2 for keys that are none', async () => {
    expect((await call('verify', 'lost.tar')).code).toBe(3);
    expect((await call('verify', 'whole.tar', '--trust', 'lost.json')).code).toBe(3);
    expect((await call('verify', 'whole.tar', '--log-key', 'x')).code).toBe(2);
  });
});

test('tutela package proof prints the proof of one event, and the entry it is for', async () => {
  const { code, stdout } = await call('proof', 'whole.tar', '7');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 12\n/);
  const entry = await call('proof', 'whole.tar', '7', '--entry');
  expect(JSON.parse(entry.stdout)).toMatchObject({ caseSeq: 7 });
  expect((await call('proof', 'whole.tar', '41')).code).toBe(2);
});

test('tutela package show prints what was asked for and packed, and that nothing was checked', async () => {
  const { stdout, stderr } = await call('show', 'whole.tar');
  expect(stdout).toContain('package: package-1');
  expect(stdout).toContain('data/items/c3/c3.bin.age');
  expect(stderr).toContain('Nothing of this was checked');
});
