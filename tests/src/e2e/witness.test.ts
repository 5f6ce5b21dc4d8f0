import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '@tutela/db';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNode, startWitness, tutela } from './tutela-process.js';

let base: string;
let data: string;
let watching: string;
/** Held open so that the commands find a running server. */
let database: Database;
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'tutela-witness-'));
  data = await mkdtemp(path.join(base, 'installation-'));
  watching = path.join(base, 'a witness');
  database = await openDatabase({ dataFolder: data });
});
afterAll(async () => {
  await database.close();
  await rm(base, { recursive: true, force: true });
});

interface Status {
  readonly ledger: { readonly witnesses: readonly { readonly behind: number; readonly signed: number | null }[] };
}

test('a witness of somebody else cosigns the ledger of a node, and its word shows that the ledger was emptied', {
  timeout: 300_000,
}, async () => {
  const made = await tutela(['witness', 'init', 'witness.example/w1', '--data', watching]);
  expect(made).toMatchObject({ code: 0 });
  const head = await tutela(['ledger', 'head', '--json', '--data', data]);
  const { verifierKey, witnesses } = JSON.parse(head.stdout) as Record<'verifierKey' | 'witnesses', string>;
  expect(witnesses).toBe('no witness configured');
  expect(await tutela(['witness', 'trust', verifierKey, '--data', watching])).toMatchObject({ code: 0 });
  const witness = await startWitness(['--port', '0', '--data', watching]);
  const policy = path.join(base, 'policy');
  await writeFile(policy, `witness w1 ${made.stdout.trim()} ${witness.address}\nquorum w1\n`);
  const env = { TUTELA_WITNESSES: policy };

  const node = await startNode(['--no-demo', '--port', '0', '--data', data], env);
  for (;;) {
    const { ledger } = (await (await node.ask('/status')).json()) as Status;
    const [state] = ledger.witnesses;
    if (state?.behind === 0 && Number(state.signed) > 0) break;
    await sleep(100);
  }
  node.send('SIGTERM');
  expect((await node.ended).code).toBe(0);
  const cosigned = await tutela(['ledger', 'head', '--data', data], env);
  expect(cosigned.stdout).toMatch(/\n\u2014 witness\.example\/w1 [A-Za-z0-9+/=]+\n$/);
  expect(cosigned.stderr).toContain('up to date');
  expect((await tutela(['ledger', 'policy', '--data', data], env)).stdout).toContain(`log ${verifierKey}\nwitness w1 `);
  expect(await tutela(['ledger', 'check', '--data', data], env)).toMatchObject({ code: 0 });

  await database.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const table of ['event', 'opening', 'effect', 'leaf', 'subtree', 'checkpoint', 'cosignature']) {
      await sql`delete from ${sql.table(`ledger.${table}`)}`.execute(tx);
    }
  });
  await rm(path.join(data, 'ledger-head'));
  const checked = await tutela(['ledger', 'check', '--json', '--data', data], env);
  expect(checked.code).toBe(1);
  const { findings } = JSON.parse(checked.stdout) as { readonly findings: readonly object[] };
  expect(findings).toContainEqual(expect.objectContaining({ kind: 'head-not-in-log', why: 'the log is shorter' }));

  witness.send('SIGTERM');
  expect((await witness.ended).code).toBe(0);
  const shown = await tutela(['witness', 'show', '--json', '--data', watching]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ logs: [{ log: verifierKey.split('+')[0], refused: null }] });
});

describe('what cannot be is told as usage', () => {
  test.each([
    ['a witness name with a space', ['witness', 'init', 'my witness'], 2],
    ['a second witness in one folder', ['witness', 'init', 'witness.example/w2'], 2],
    ['a key that is none', ['witness', 'trust', 'rubbish'], 2],
    ['a port that is none', ['witness', 'start', '--port', 'http'], 2],
  ])('%s', async (_, args, code) => {
    const ended = await tutela([...args, '--data', watching]);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).not.toContain('    at ');
  });

  test('a witness that was never made', async () => {
    expect(await tutela(['witness', 'start', '--data', path.join(base, 'nowhere')])).toMatchObject({ code: 2 });
  });
});
