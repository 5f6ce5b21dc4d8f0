import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toHex } from '@tutela/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DigestedFile, digestFileSync } from './digest-file.js';
import { openDigester } from './digester.js';
import { type Digests, digestBytes, runningDigests } from './digests.js';

const hexOf = ({ sha256, sha1, md5, size }: Digests): object => ({
  sha256: toHex(sha256),
  sha1: toHex(sha1),
  md5: toHex(md5),
  size,
});
const expected = (bytes: Uint8Array): object => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sha1: createHash('sha1').update(bytes).digest('hex'),
  md5: createHash('md5').update(bytes).digest('hex'),
  size: bytes.length,
});

describe('digests of bytes', () => {
  it('are the published ones for "abc" (FIPS 180-2, RFC 1321)', () => {
    expect(hexOf(digestBytes(new TextEncoder().encode('abc')))).toEqual({
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
      md5: '900150983cd24fb0d6963f7d28e17f72',
      size: 3,
    });
  });

  it('do not depend on how the bytes were cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (pieces) => {
        const running = runningDigests();
        for (const piece of pieces) running.add(piece);
        expect(hexOf(running.end())).toEqual(expected(Buffer.concat(pieces)));
      }),
    );
  });
});

describe('digests of a file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tutela digests '));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (name: string, bytes: Uint8Array): string => {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return file;
  };
  const digested = (file: string, keep?: number): DigestedFile => {
    const outcome = digestFileSync(file, keep === undefined ? {} : { keep });
    if (outcome.kind !== 'done') throw new Error(outcome.reason.message);
    return outcome.value;
  };

  it.each([0, 1, 4096, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 4 << 20, (4 << 20) + 1, 9_000_001])(
    'of %d bytes equal those of its bytes, whole or in pieces',
    (size) => {
      const bytes = new Uint8Array(size).map((_, at) => (at * 31 + (at >> 9)) & 255);
      const file = write(`file of ${size} 🙂\n.bin`, bytes);
      expect(hexOf(digested(file))).toEqual(expected(bytes));
      expect(hexOf(digested(file, 0))).toEqual(expected(bytes));
      expect(Buffer.compare(digested(file, size).content, bytes)).toBe(0);
      expect(Buffer.compare(digested(file, 0).content, bytes.subarray(0, 4096))).toBe(0);
    },
  );

  it('names what is missing, what is a folder and what is a dangling link', () => {
    mkdirSync(path.join(folder, 'sub'));
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'dangling'));
    expect(digestFileSync(path.join(folder, 'no such file'))).toMatchObject({ reason: { code: 'missing' } });
    expect(digestFileSync(path.join(folder, 'dangling'))).toMatchObject({ reason: { code: 'missing' } });
    expect(digestFileSync(path.join(folder, 'sub'))).toMatchObject({ reason: { code: 'not-a-file' } });
  });

  it.skipIf(process.platform === 'win32')('does not wait for ever at a named pipe', () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    expect(digestFileSync(path.join(folder, 'pipe'))).toMatchObject({ reason: { code: 'not-a-file' } });
  });

  it.skipIf(process.getuid?.() === 0)('names a file it may not read (skipped for root, who may read all)', () => {
    const file = write('secret', new Uint8Array(3));
    chmodSync(file, 0);
    expect(digestFileSync(file)).toMatchObject({ kind: 'refused', reason: { code: 'unreadable' } });
  });

  it.skipIf(process.platform !== 'linux')('gives no digests for a file that is longer than it says', () => {
    // The kernel reports size 0 for these and then hands out text.
    expect(digestFileSync('/proc/self/status')).toMatchObject({ kind: 'failed', reason: { code: 'changed' } });
    const file = write('growing', new Uint8Array(10));
    appendFileSync(file, 'x');
    expect(digested(file).size).toBe(11);
  });

  it('on two threads are the same, also after files that could not be read', async () => {
    const digester = openDigester();
    const sizes = [0, 5, 1 << 20, (2 << 20) - 1, 2 << 20, 8 << 20, 20_000_001];
    for (const size of sizes) {
      const bytes = new Uint8Array(size).map((_, at) => (at * 17 + (at >> 11)) & 255);
      const file = write(`long ${size}`, bytes);
      const [missing, outcome] = await Promise.all([
        digester.digest(`${file}?`),
        digester.digest(Buffer.from(file), { keep: 0 }),
      ]);
      expect(missing).toMatchObject({ kind: 'refused', reason: { code: 'missing' } });
      if (outcome.kind !== 'done') throw new Error(outcome.reason.message);
      expect(hexOf(outcome.value)).toEqual(expected(bytes));
      expect(Buffer.compare(outcome.value.content, bytes.subarray(0, 4096))).toBe(0);
    }
    await digester.close();
  });

  it('that were not made before the digester closed are rejected', async () => {
    const digester = openDigester();
    const pending = digester.digest(write('late', new Uint8Array(30_000_000)), { keep: 0 });
    const rejected = expect(pending).rejects.toMatchObject({ code: 'closed' });
    await digester.close();
    await rejected;
  });
});
