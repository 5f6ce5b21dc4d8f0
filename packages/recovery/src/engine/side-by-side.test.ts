import { expect, test } from 'vitest';
import type { HashcatEngine } from './hashcat/hashcat-engine.js';
import type { Job, JobLock, RecoveryEngine } from './recovery-engine.js';
import { sideBySide } from './side-by-side.js';

const jobLock = (id: string, mode: number, check: JobLock['check']): JobLock => ({
  id,
  check,
  hashcat: { kind: 'line', mode, line: `line of ${id}` },
});
const zero = '00'.repeat(16);
const rar5 = jobLock('rar5', 13_000, { scheme: 'rar5', salt: zero, log2Rounds: 15, checkValue: zero });
const rar3 = jobLock('rar3', 12_500, { scheme: 'rar3-headers', salt: zero, header: zero });
const opened = jobLock('opened', 23_700, { scheme: 'by-opening' });

/** Says which locks it was given. */
const recording = (name: string, canCheck: RecoveryEngine['canCheck']) => {
  const given: string[] = [];
  const engine: RecoveryEngine = {
    name,
    canCheck,
    close: () => Promise.resolve(),
    run: (job) => {
      given.push(...(job.kind === 'words' ? job.locks : job.pairs.map(({ lock }) => lock)).map(({ id }) => id));
      return Promise.resolve({ kind: 'finished', report: { hits: [], checks: 0, unchecked: [] } });
    },
  };
  return { engine, given };
};

const givenTo = async (device: HashcatEngine['device'], job: Job) => {
  const hashcat = recording('hashcat', () => 'yes');
  const embedded = recording('embedded', ({ check }) => (check.scheme === 'by-opening' ? 'no' : 'yes'));
  await sideBySide({ ...hashcat.engine, device }, embedded.engine).run(job);
  return { hashcat: hashcat.given, embedded: embedded.given };
};
const words = Array.from({ length: 10_000 }, (_, at) => `word-${at}`);

test('hashcat is begun for much work, and not for a few words', async () => {
  expect(await givenTo('processor', { kind: 'words', locks: [rar5], words })).toMatchObject({ hashcat: ['rar5'] });
  expect(await givenTo('processor', { kind: 'pairs', pairs: [{ lock: rar5, word: 'a' }] })).toMatchObject({
    embedded: ['rar5'],
  });
});

test('on a processor it gets no format that is faster here; on a graphics card it does', async () => {
  const job: Job = { kind: 'words', locks: [rar5, rar3], words };
  expect(await givenTo('processor', job)).toEqual({ hashcat: ['rar5'], embedded: ['rar3'] });
  expect(await givenTo('graphics', job)).toEqual({ hashcat: ['rar5', 'rar3'], embedded: [] });
});

test('what the embedded engine cannot check goes to hashcat, however little it is', async () => {
  expect(await givenTo('processor', { kind: 'words', locks: [opened], words: ['a'] })).toEqual({
    hashcat: ['opened'],
    embedded: [],
  });
});
