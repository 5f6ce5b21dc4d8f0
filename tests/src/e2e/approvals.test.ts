import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, browserAtHand, openBrowser, type Page } from './browser.js';
import { type RunningNode, startNode, tutela } from './tutela-process.js';

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

const why = browserAtHand ? '' : ' (skipped: no /usr/bin/chromium)';
test.skipIf(!browserAtHand)(
  `on the page a passkey is added, approved, and approves${why}`,
  async () => {
    const node = await startNode(['--port', '0'], env);
    const browser = await openBrowser();
    try {
      await withPasskeys(node, browser);
      expect(await run('ledger', 'check')).toContain('intact');
    } finally {
      await browser.close();
      node.send('SIGTERM');
      await node.ended;
    }
  },
  patience,
);

const withPasskeys = async (node: RunningNode, browser: Browser): Promise<void> => {
  const page = await browser.newPage();
  const { port } = new URL(node.origin);
  await page.open(`${node.origin}/approvals#key=${node.key}`);
  await until(page, `document.querySelector('#problem a')?.href.startsWith('http://localhost:${port}/')`);
  await page.open(`http://localhost:${port}/approvals#key=${node.key}`);
  await until(page, `document.querySelectorAll('#person option').length >= 2`);

  await page.evaluate(`document.querySelector('#person').value = 'staff-2'`);
  await page.evaluate(`document.querySelector('#passkey button').click()`);
  await until(page, `document.querySelector('#said').textContent.includes('waits for the approval')`);
  await until(page, `document.querySelector('#requests section') !== null`);
  const digest = await page.evaluate<string>(`document.querySelector('#requests section').dataset.digest`);
  await run('approval', 'approve', digest, '--key', keyOf('staff-1'));

  const publicFile = await run(
    'person',
    'new-key',
    'staff-4',
    '--name',
    'Officer <b>four</b>',
    '--output',
    keyOf('staff-4'),
  );
  const asked = await run('person', 'add', publicFile);
  await until(page, `document.querySelector('#requests section')?.dataset.digest === '${asked}'`);
  expect(await page.evaluate<string>(`document.querySelector('#requests section').textContent`)).toContain(
    'Officer <b>four</b>',
  );
  await page.evaluate(`document.querySelector('#requests section button').click()`);
  await until(page, `document.querySelector('#said').textContent === 'Your approval is on record.'`);
  const shown = (await (await node.ask(`/policy/requests/${asked}`)).json()) as {
    readonly state: string;
    readonly approvedBy: readonly { readonly person: string; readonly method: string }[];
  };
  expect(shown.state).toBe('used');
  expect(shown.approvedBy).toMatchObject([{ person: 'staff-2', method: 'webauthn' }]);
};

/** Waits until an expression holds; says what the page says when it never does. */
const until = async (page: Page, expression: string): Promise<void> => {
  for (let tries = 0; tries < 300; tries++) {
    if ((await page.evaluate(`Boolean(${expression})`)) === true) return;
    await sleep(100);
  }
  throw new Error(`${expression} never held: ${await page.evaluate<string>('document.body.innerText')}`);
};
