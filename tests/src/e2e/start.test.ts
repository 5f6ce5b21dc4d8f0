import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@tutela/db';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNode, startWorker, tutela } from './tutela-process.js';

let base: string;
let data: string;
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'tutela start '));
  data = path.join(base, 'a folder with spaces');
});
afterAll(() => rm(base, { recursive: true, force: true }));

const start = () => startNode(['--no-demo', '--port', '0', '--data', data]);

describe('tutela start', () => {
  test('serves the page and, to the key alone, the state of the desks; ends with 0 on SIGTERM; starts again', async () => {
    const keys: string[] = [];
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const node = await start();
      keys.push(node.key);
      const page = await fetch(`${node.origin}/`);
      expect(await page.text()).toContain('<title>Tutela</title>');
      expect((await fetch(`${node.origin}/status`)).status).toBe(401);
      const status = (await (await node.ask('/status')).json()) as {
        readonly desks: readonly { readonly name: string }[];
      };
      expect(status.desks.map(({ name }) => name)).toEqual(['platform', 'clearinghouse', 'investigator', 'provider']);
      node.send(signal);
      expect((await node.ended).code).toBe(0);
    }
    expect(keys[0]).toBe(keys[1]);
  });

  test('two on one data folder serve side by side, each at a port of its own', async () => {
    const nodes = await Promise.all([start(), start()]);
    for (const node of nodes) expect((await node.ask('/status')).status).toBe(200);
    for (const node of nodes) node.send('SIGTERM');
    expect((await Promise.all(nodes.map(({ ended }) => ended))).map(({ code }) => code)).toEqual([0, 0]);
  });

  test('a watcher does not keep it from ending', async () => {
    const node = await start();
    const stream = await node.ask('/status/stream');
    const reader = stream.body?.getReader();
    await reader?.read();
    node.send('SIGTERM');
    expect((await node.ended).code).toBe(0);
  });

  test('a worker beside it takes part in the work and ends with 0', async () => {
    const node = await start();
    const worker = startWorker(['--data', data]);
    await worker.started;
    worker.send('SIGTERM');
    expect((await worker.ended).code).toBe(0);
    expect((await node.ask('/status')).status).toBe(200);
    node.send('SIGTERM');
    expect((await node.ended).code).toBe(0);
  });

  test('the clearinghouse lets the platform in with the account it was issued, and nobody else', async () => {
    const node = await start();
    const answer = await fetch(`${node.origin}/ispws/status`, {
      headers: { authorization: `Basic ${Buffer.from('tutela-platform:wrong').toString('base64')}` },
    });
    expect(answer.status).toBe(401);
    expect((await node.ask('/ispws/status')).status).toBe(401);
    node.send('SIGTERM');
    await node.ended;
  });
});

describe('exit codes', () => {
  test.each([
    { args: ['--help'], code: 0 },
    { args: ['no-such-command'], code: 2 },
    { args: ['status', '--no-such-flag'], code: 2 },
    { args: ['start', '--port', '70000'], code: 2 },
    { args: ['review', 'confirm', '--reason', 'x'], code: 2 },
    { args: ['review', 'confirm', 'not-an-id', '--reason', 'x'], code: 2 },
    { args: ['review', 'list', '--limit', '0'], code: 2 },
    { args: ['ledger', 'check', '--against', 'no-such-file'], code: 3 },
  ])('tutela $args ends with $code', async ({ args, code }) => {
    const ended = await tutela(args, { TUTELA_DATA: data });
    expect([ended.code, ended.stderr.includes('    at ')]).toEqual([code, false]);
  });

  test('a data folder that others may read ends with 3 and says what to do', async () => {
    const ended = await tutela(['status', '--data', tmpdir()]);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/is not its owner's alone.*\n.*chmod 700/);
    expect(ended.stdout).toBe('');
  });

  test('a database that does not answer ends with 70 and says what to do, and the password is not repeated', async () => {
    const ended = await tutela(['status'], {
      TUTELA_DATA: data,
      DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:1/x',
    });
    expect(ended.code).toBe(70);
    expect(ended.stderr).toContain('Is DATABASE_URL right');
    expect(ended.stderr).not.toContain('hunter2');
  });
});

describe('tutela ledger check', () => {
  const check = (...args: string[]) => tutela(['ledger', 'check', '--data', data, ...args]);
  const alter = async (...statements: readonly string[]): Promise<void> => {
    const database = await openDatabase({ dataFolder: data });
    await database.db.transaction().execute(async (tx) => {
      // What a database's owner can do: no trigger speaks.
      await sql`set local session_replication_role = replica`.execute(tx);
      for (const statement of statements) await sql.raw(statement).execute(tx);
    });
    await database.close();
  };

  test('passes on what was done, and ends with 1 once a row of the ledger or one it vouches for is altered', async () => {
    const intact = await check('--json');
    expect([intact.code, JSON.parse(intact.stdout).verdict]).toEqual([0, 'intact']);
    expect(JSON.parse(intact.stdout).counts.leaves).toBeGreaterThan(0);

    await alter(`update clearinghouse.reporter set organisation = organisation || '!'`);
    const effect = await check('--json');
    expect([effect.code, JSON.parse(effect.stdout).findings[0].kind]).toEqual([1, 'row-altered']);
    await alter(`update clearinghouse.reporter set organisation = rtrim(organisation, '!')`);
    expect((await check()).code).toBe(0);

    await alter(`update ledger.event set entry = replace(entry, 'credentials', 'Credentials')`);
    const entry = await check();
    expect(entry.code).toBe(1);
    expect(entry.stdout).toContain('AT FAULT');
    await alter(`update ledger.event set entry = replace(entry, 'Credentials', 'credentials')`);
    expect((await check()).code).toBe(0);
  });

  test('a ledger that contradicts its signed head is not continued, and the status says so', async () => {
    await alter(`update ledger.leaf set hash = sha256(hash) where index = 0`);
    expect((await check()).code).toBe(1);
    const node = await start();
    const sequencer = async () =>
      ((await (await node.ask('/status')).json()) as { ledger: { sequencer: { state: string } } }).ledger.sequencer;
    while ((await sequencer()).state === 'starting') await sleep(20);
    expect((await sequencer()).state).toBe('refused');
    node.send('SIGTERM');
    const { code, stderr } = await node.ended;
    expect([code, stderr]).toEqual([0, expect.stringContaining('run tutela ledger check')]);
    const entry = `(select convert_to(entry, 'UTF8') from ledger.event where id = event_id)`;
    await alter(`update ledger.leaf set hash = sha256('\\x00'::bytea || ${entry}) where index = 0`);
    expect((await check()).code).toBe(0);
  });

  test('finds that the end was cut off, by the head beside the database and by one kept elsewhere', async () => {
    const head = await tutela(['ledger', 'head', '--data', data]);
    const elsewhere = path.join(base, 'head.txt');
    await writeFile(elsewhere, head.stdout);
    expect((await check('--against', elsewhere)).code).toBe(0);
    await alter(
      'truncate ledger.checkpoint, ledger.leaf, ledger.subtree, ledger.event, ledger.opening, ledger.effect',
      'truncate clearinghouse.reporter cascade',
      'truncate policy.site',
    );
    const beside = await check('--json');
    expect([beside.code, JSON.parse(beside.stdout).findings[0].kind]).toEqual([1, 'head-not-in-log']);
    await rm(path.join(data, 'ledger-head'));
    expect((await check()).code).toBe(0);
    expect((await check('--against', elsewhere)).code).toBe(1);
  });
});
