import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageTar, packageZip } from '../../bag/serialise.js';
import { verifyPath } from '../node/verify-path.js';
import { noTrust } from '../trust.js';
import type { ByteSource } from './members.js';
import { openArchive } from './open-archive.js';

const fixture = fileURLToPath(new URL('../../../fixtures/sample.tar', import.meta.url));
const missing = (command: string): boolean => spawnSync(command, ['--help']).error !== undefined;
let work: string;
let folder: string;
let zip: Buffer;
let tar: Buffer;

beforeAll(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'archive-'));
  execFileSync('tar', ['-xf', fixture, '-C', work]);
  folder = path.join(work, 'package-1');
  zip = await buffer(await packageZip(folder));
  tar = await buffer(await packageTar(folder));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const inMemory = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (from, to) => bytes.subarray(from, to),
  stream: async function* (from, to) {
    yield bytes.subarray(from, to);
  },
  close: async () => {},
});

const contentsOf = async (bytes: Uint8Array): Promise<Map<string, string> | string> => {
  const opened = await openArchive(inMemory(bytes));
  if (opened.kind !== 'done') return opened.reason.message;
  const found = new Map<string, string>();
  for await (const { path: name, kind } of opened.value.list()) {
    const parts: Uint8Array[] = [];
    if (kind === 'file') for await (const part of opened.value.read(name)) parts.push(part);
    found.set(name, kind === 'file' ? Buffer.concat(parts).toString('base64') : kind);
  }
  return found;
};

describe('an archive', () => {
  test('that we write is a package, as ZIP and as tar', async () => {
    const whole = await contentsOf(tar);
    expect(await contentsOf(zip)).toEqual(whole);
    expect(whole).toHaveProperty('size', 26);
    writeFileSync(path.join(work, 'one.zip'), zip);
    expect((await verifyPath(path.join(work, 'one.zip'), noTrust)).verdict).toBe('consistent');
  });

  test.skipIf(missing('tar')).each([['gnu'], ['pax'], ['ustar']])(
    'of GNU tar in the form %s is a package',
    async (form) => {
      const file = path.join(work, `${form}.tar`);
      execFileSync('tar', [`--format=${form}`, '-cf', file, '-C', work, 'package-1']);
      expect((await verifyPath(file, noTrust)).verdict).toBe('consistent');
    },
  );

  test.skipIf(missing('zip'))(
    'of Info-ZIP is a package when nothing is compressed, and is none when something is',
    async () => {
      for (const [level, verdict] of [
        ['-0', 'consistent'],
        ['-9', 'faulty'],
      ] as const) {
        const file = path.join(work, `info${level}.zip`);
        execFileSync('zip', [level, '-q', '-r', file, 'package-1'], { cwd: work });
        expect((await verifyPath(file, noTrust)).verdict).toBe(verdict);
      }
    },
  );

  test('with a link in it is told of it', async () => {
    const linked = path.join(work, 'linked');
    mkdirSync(linked);
    symlinkSync('/etc/hostname', path.join(linked, 'link'));
    writeFileSync(path.join(linked, 'file'), 'x');
    const file = path.join(work, 'linked.tar');
    execFileSync('tar', ['-cf', file, '-C', work, 'linked']);
    expect(await contentsOf(readFileSync(file))).toEqual(
      new Map([
        ['link', 'link'],
        ['file', 'eA=='],
      ]),
    );
  });

  test.each(['zip', 'tar'])(
    '(%s) of which any byte is changed is refused, or has other contents or the same',
    async (form) => {
      const bytes = form === 'zip' ? zip : tar;
      const whole = await contentsOf(bytes);
      for (let at = 0; at < bytes.length; at += 61) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ 0x20;
        // Whatever a hostile archive says, it is answered.
        const answer = await contentsOf(changed);
        expect(typeof answer === 'string' || answer.size > 0).toBe(true);
      }
      expect(whole).toBeInstanceOf(Map);
    },
  );

  test.each(['zip', 'tar'])('(%s) with something before, after or between is refused', async (form) => {
    const bytes = form === 'zip' ? zip : tar;
    const extra = Buffer.from('something');
    expect(typeof (await contentsOf(Buffer.concat([bytes, extra])))).toBe('string');
    expect(typeof (await contentsOf(Buffer.concat([extra, bytes])))).toBe('string');
    expect(typeof (await contentsOf(bytes.subarray(0, bytes.length - 600)))).toBe('string');
  });

  test.each([
    ['nothing', ''],
    ['a compressed one', '\u001f\u008b\u0008'],
    ['text', 'hello'],
    ['the first bytes of a ZIP', 'PK\u0003\u0004'],
  ])('that is %s is refused', async (_, bytes) => {
    expect(typeof (await contentsOf(Buffer.from(bytes, 'latin1')))).toBe('string');
  });
});
