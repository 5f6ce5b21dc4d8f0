import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEmbeddedEngine } from './embedded/embedded-engine.js';
import { locks, passwords, words } from './fixture-locks.test-support.js';
import { batchesOf } from './hashcat/batches.js';
import { openHashcatEngine } from './hashcat/hashcat-engine.js';
import { readOutfile } from './hashcat/outfile.js';
import type { Hit, JobEnd, RecoveryEngine } from './recovery-engine.js';

const isInstalled = spawnSync('hashcat', ['--version']).status === 0;

const found = (end: JobEnd): Map<string, string> => {
  if (end.kind === 'broken') throw new Error(end.why);
  return new Map(end.report.hits.map(({ lockId, word }: Hit) => [lockId, word]));
};

describe('the embedded engine', () => {
  let engine: RecoveryEngine;
  beforeAll(() => {
    engine = openEmbeddedEngine({ threads: 2 });
  });
  afterAll(() => engine.close());

  test('finds the password of every kind of archive', { timeout: 60_000 }, async () => {
    const end = await engine.run({ kind: 'words', locks, words });
    expect(found(end)).toEqual(passwords);
  });

  test('tries each pair once, and a lock no further after its hit', async () => {
    const lock = locks.find(({ id }) => id === 'zip-aes256')!;
    const pairs = ['apple', 'copperbell', 'dragon'].map((word) => ({ lock, word }));
    const end = await engine.run({ kind: 'pairs', pairs });
    expect(found(end)).toEqual(new Map([['zip-aes256', 'copperbell']]));
    const none = await engine.run({ kind: 'pairs', pairs: [{ lock, word: 'apple' }] });
    expect(none).toEqual({ kind: 'finished', report: { hits: [], checks: 1, unchecked: [] } });
  });

  test('stops when it is told to, and says what it did', async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 5000 }, (_, at) => `word-${at}`);
    const lock = locks.find(({ id }) => id === '7z-data')!;
    const end = await engine.run(
      { kind: 'words', locks: [lock], words: many },
      { signal: stop.signal, onProgress: () => stop.abort() },
    );
    expect(end).toMatchObject({ kind: 'stopped', report: { hits: [] } });
    expect(end.kind === 'stopped' && end.report.checks).toBeLessThan(5000);
  });

  test('names what only opening could tell', async () => {
    const lock = { ...locks[0]!, id: 'large', check: { scheme: 'by-opening' } as const };
    const end = await engine.run({ kind: 'words', locks: [lock], words: ['a'] });
    expect(end).toMatchObject({ kind: 'finished', report: { unchecked: ['large'], checks: 0 } });
    expect(engine.canCheck(lock)).toBe('no');
  });
});

test('hashcat gets locks of one mode at a time, and with pairs each line once a call', () => {
  const lock = fc.record({ id: fc.nat(20), mode: fc.constantFrom(13_000, 13_600, 11_600) }).map(({ id, mode }) => ({
    id: `${mode}-${id}`,
    check: { scheme: 'by-opening' } as const,
    hashcat: { kind: 'line', mode, line: `line-${mode}-${id}` } as const,
  }));
  fc.assert(
    fc.property(fc.array(fc.record({ lock, word: fc.string() }), { maxLength: 500 }), (pairs) => {
      const batches = [...batchesOf({ kind: 'pairs', pairs })];
      for (const { lines } of batches) expect(new Set(lines).size).toBe(lines.length);
      const sent = batches.flatMap(({ attack, lines, words: sentWords }) =>
        attack === '9'
          ? lines.map((line, at) => `${line} ${sentWords[at]}`)
          : sentWords.map((word) => `${lines[0]} ${word}`),
      );
      expect(sent.sort()).toEqual(pairs.map((pair) => `${pair.lock.hashcat.line} ${pair.word}`).sort());
    }),
  );
});

test('a found plaintext is read whatever it looks like', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (word) => {
      const line = `$zip2$a:b:${Buffer.from(word).toString('hex')}`;
      expect(readOutfile(`${line}\n`, new Map([['$zip2$a:b', 'lock']]))).toEqual([
        { lockId: 'lock', word, grade: 'proven' },
      ]);
    }),
  );
});

test.skipIf(!isInstalled)('what a killed process left is removed (skipped: needs hashcat)', async () => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'tutela-engines-'));
  const { pid } = spawnSync('true');
  await mkdir(path.join(scratch, `tutela-hashcat-${pid}-left`));
  await mkdir(path.join(scratch, `tutela-hashcat-${process.pid}-held`));
  await openHashcatEngine({ scratch });
  expect(await readdir(scratch)).toEqual([`tutela-hashcat-${process.pid}-held`]);
  await rm(scratch, { recursive: true });
});

const hashcat = isInstalled && process.env.TUTELA_LONG !== undefined;

// Compiles a kernel for each mode at first use, a minute each without a graphics card.
describe.skipIf(!hashcat)('hashcat, where it is installed and TUTELA_LONG is set,', () => {
  test('finds the same passwords where it has a line, and leaves no file', { timeout: 3_600_000 }, async () => {
    const scratch = await mkdtemp(path.join(tmpdir(), 'tutela-engines-'));
    const engine = (await openHashcatEngine({ scratch }))!;
    const able = locks.filter((lock) => engine.canCheck(lock) === 'yes');
    expect(able.map(({ id }) => id)).toEqual(locks.map(({ id }) => id).filter((id) => id !== 'rar3-hp-multi'));
    const expected = new Map(able.map(({ id }) => [id, passwords.get(id)]));
    expect(found(await engine.run({ kind: 'words', locks, words }))).toEqual(expected);
    const pairs = able.map((lock) => ({ lock, word: passwords.get(lock.id)! }));
    expect(found(await engine.run({ kind: 'pairs', pairs }))).toEqual(expected);
    expect(await readdir(scratch)).toEqual([]);
    await rm(scratch, { recursive: true });
  });
});
