import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tutela } from './tutela-process.js';

let folder: string;
let env: Readonly<Record<string, string>>;
const keyOf = (person: string) => path.join(folder, `${person}.key`);
const run = async (...args: readonly string[]): Promise<string> => {
  const ended = await tutela(args, env);
  if (ended.code !== 0) throw new Error(`${args.join(' ')} ended with ${ended.code}: ${ended.stderr}`);
  return ended.stdout.trim();
};

/** Each step is a process of its own, and starts the database where it is the first. */
const patience = 300_000;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-approvals-'));
  env = {
    TUTELA_DATA: path.join(folder, 'data'),
    TUTELA_PASSPHRASE: 'five words are better here',
    TUTELA_ACTOR: 'staff-1',
  };
  const names = ['staff-1', 'staff-2', 'staff-3'];
  await Promise.all(
    names.map((one) => run('person', 'new-key', one, '--name', `Officer ${one}`, '--output', keyOf(one))),
  );
  expect(await run('person', 'add', `${keyOf('staff-1')}.pub`, `${keyOf('staff-2')}.pub`)).toBe('staff-1\nstaff-2');
}, patience);
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));

test(
  'at the command line a third person is enrolled by somebody who did not ask for it',
  async () => {
    const digest = await run('person', 'add', `${keyOf('staff-3')}.pub`, '--reason', 'new colleague');
    const own = await tutela(['approval', 'approve', digest, '--key', keyOf('staff-1')], env);
    expect([own.code, own.stderr]).toEqual([5, expect.stringContaining('requester-approves')]);
    const wrong = { ...env, TUTELA_PASSPHRASE: 'some other words that do not open it' };
    expect((await tutela(['approval', 'approve', digest, '--key', keyOf('staff-2')], wrong)).code).toBe(5);
    await run('approval', 'approve', digest.slice(0, 8), '--key', keyOf('staff-2'));
    const { people } = JSON.parse(await run('person', 'list', '--json')) as {
      readonly people: readonly { readonly id: string }[];
    };
    expect(people.map(({ id }) => id)).toEqual(['staff-1', 'staff-2', 'staff-3']);
    expect((await tutela(['approval', 'approve', digest, '--key', keyOf('staff-2')], env)).code).toBe(5);
  },
  patience,
);
