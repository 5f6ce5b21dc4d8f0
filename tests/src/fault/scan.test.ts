import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { encode, makePicture } from '@tutela/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folders = 40;
const filesInEach = 300;
const tutela = fileURLToPath(new URL('../../../bin/tutela', import.meta.url));

let base: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'tutela scan killed '));
  env = { ...process.env, TUTELA_DATA: path.join(base, 'data') };
  const known: string[] = [];
  for (let folder = 0; folder < folders; folder++) {
    const where = path.join(base, 'files', `account-${folder}`);
    await mkdir(where, { recursive: true });
    for (let file = 0; file < filesInEach; file++) {
      const bytes = Buffer.alloc(4096, `${folder}/${file} `);
      if (file === 7) known.push(createHash('sha256').update(bytes).digest('hex'));
      await writeFile(path.join(where, `${file}.bin`), bytes);
    }
    await writeFile(path.join(where, 'picture.jpg'), await encode(makePicture(folder, { width: 200, height: 150 })));
  }
  await writeFile(path.join(base, 'known.csv'), `sha256\n${known.join('\n')}\n`);
  const imported = spawnSync(
    process.execPath,
    [tutela, 'list', 'import', path.join(base, 'known.csv'), '--name', 'known'],
    { env },
  );
  expect(imported.status, imported.stderr.toString()).toBe(0);
}, 120_000);
afterAll(() => rm(base, { recursive: true, force: true }));

const command = (...more: string[]): string[] => [
  tutela,
  'scan',
  path.join(base, 'files'),
  '--list',
  'known',
  '--jsonl',
  ...more,
];

const startInto = async (file: string): Promise<ChildProcess> => {
  const handle = await open(file, 'a');
  const scan = spawn(process.execPath, command('--resume'), { env, stdio: ['ignore', handle.fd, 'ignore'] });
  scan.once('exit', () => void handle.close());
  return scan;
};

const ended = (scan: ChildProcess): Promise<number | null> => new Promise((resolve) => scan.once('exit', resolve));
const sizeOf = async (file: string): Promise<number> => (await readFile(file).catch(() => Buffer.alloc(0))).length;

/** Lines without the scan's own identifier, in order of their paths. */
const linesOf = (text: string): readonly string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/"scan":"[^"]+",/, ''))
    .sort();

test('a scan killed while it writes leaves each line once', async () => {
  const files = [1, 2, 3, 4].map((run) => path.join(base, `killed-${run}.jsonl`));
  for (const file of files.slice(0, 3)) {
    const scan = await startInto(file);
    const over = ended(scan);
    // Killed as soon as it has written something new, at whatever it is doing then.
    while ((await sizeOf(file)) === 0 && scan.exitCode === null) await sleep(2);
    scan.kill('SIGKILL');
    await over;
  }
  expect(await ended(await startInto(files[3] ?? ''))).toBe(0);
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const undisturbed = spawnSync(process.execPath, command(), { env, maxBuffer: 1 << 28 });
  expect(undisturbed.status).toBe(0);
  const whole = linesOf(undisturbed.stdout.toString());
  expect(whole).toHaveLength(folders * (filesInEach + 1));
  expect(linesOf(texts.join(''))).toEqual(whole);
}, 240_000);
