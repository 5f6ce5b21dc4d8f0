import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePaths } from '../fault/damage/sample.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const verifier = path.join(root, 'packages/evidence/dist/standalone/verify.mjs');
const peer = path.join(root, 'tests/peers/verify_package.py');
const missing = (command: string): boolean => spawnSync(command, ['--help'], { stdio: 'ignore' }).error !== undefined;
const permission = Number(process.versions.node.split('.')[0]) >= 22 ? '--permission' : '--experimental-permission';

let work: string;
let whole: string;
let damaged: string;
beforeAll(() => {
  work = mkdtempSync(path.join(tmpdir(), 'package-peers-'));
  whole = path.join(work, 'package-1');
  damaged = path.join(work, 'damaged');
  execFileSync('tar', ['-xf', samplePaths.package, '-C', work]);
  execFileSync('cp', ['-r', whole, damaged]);
  appendFileSync(path.join(damaged, 'data/items/a1/a1.bin'), 'x');
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const run = (command: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: tmpdir() });
  return { status, stdout, stderr };
};

describe('the verifier in one file', () => {
  test('ends with 0, 1, 2, 3 or 4 and tells why', () => {
    const node = (...args: readonly string[]) => run(process.execPath, verifier, ...args);
    expect(node(whole, '--trust', samplePaths.trust)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('VERIFIED.'),
    });
    expect(node(damaged)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('file-extended: data/items/a1/a1.bin'),
    });
    expect(node()).toMatchObject({ status: 2, stdout: '' });
    expect(node(whole, '--log-key', 'x').status).toBe(2);
    expect(node(path.join(work, 'nothing')).status).toBe(3);
    expect(node(samplePaths.package).status).toBe(4);
  });

  test('needs to read nothing but the package and itself', () => {
    const allowed = [verifier, whole, samplePaths.trust].map((each) => `--allow-fs-read=${each}`);
    const locked = ['--no-warnings', permission, ...allowed];
    expect(run(process.execPath, ...locked, verifier, whole, '--trust', samplePaths.trust)).toMatchObject({
      status: 0,
    });
    expect(run(process.execPath, ...locked, verifier, damaged).status).toBe(3);
  });
});

describe('the verifier in Python', () => {
  test.skipIf(missing('python3') || missing('openssl'))('accepts the whole package and names what was damaged', () => {
    expect(run('python3', peer, whole)).toMatchObject({ status: 0, stdout: 'nothing is wrong\n' });
    expect(run('python3', peer, damaged)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('changed (sha512): data/items/a1/a1.bin'),
    });
  });
});
