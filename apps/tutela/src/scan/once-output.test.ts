import { closeSync, openSync, statSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOnceOutput } from './once-output.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela once '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Store = Parameters<typeof openOnceOutput>[0];
type Output = Awaited<ReturnType<Store['outputOf']>>;

/** What a killed run left on record: it was about to write batch 1 behind what is in the file. */
const leftBehind = (file: string, length: number): Store & { readonly now: () => Output } => {
  const { dev, ino, size } = statSync(file);
  let now: Output = { scan: 's', written: 1, pending: { device: dev, inode: ino, path: file, offset: size, length } };
  return {
    outputOf: async () => now,
    setOutput: async (_, { written = now.written, pending }) => {
      now = { ...now, written, pending };
    },
    now: () => now,
  };
};

const lines = Buffer.from('{"n":1}\n{"n":2}\n');

const resumed = async (arrived: string): Promise<{ readonly text: string; readonly next: number }> => {
  const file = path.join(folder, `${arrived.length}.jsonl`);
  await writeFile(file, '{"n":0}\n');
  const store = leftBehind(file, lines.length);
  await appendFile(file, arrived);
  const fd = openSync(file, 'a');
  const output = await openOnceOutput(store, 's', fd, async () => lines);
  if (output.next() === 1) await output.write(lines);
  closeSync(fd);
  expect(store.now()).toMatchObject({ written: 2, pending: null });
  return { text: await readFile(file, 'utf8'), next: output.next() };
};

test.each(['', '{"n"', '{"n":1}\n', '{"n":1}\n{"n":2}\n'])(
  'a batch of which %j had arrived stands in the file once',
  async (arrived) => {
    expect(await resumed(arrived)).toEqual({ text: '{"n":0}\n{"n":1}\n{"n":2}\n', next: 2 });
  },
);
