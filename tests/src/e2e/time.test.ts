import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { opensslAtHand } from '@tutela/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNode, tutela } from './tutela-process.js';

const program = fileURLToPath(
  new URL('../../../testkit/dist/time-authority/time-authority-process.js', import.meta.url),
);

/** The program of the testkit; its one line says where it is. */
const startAuthority = async (name: string) => {
  const child = spawn(process.execPath, [program, '--name', name], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const told = JSON.parse(String(line)) as { readonly url: string; readonly rootsFile: string };
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  return { ...told, stop };
};

interface StampedStatus {
  readonly ledger: { readonly timestamps: readonly { readonly authority: string; readonly size: number | null }[] };
}

describe.skipIf(opensslAtHand === 'missing')('with two time authorities, of which one is down', () => {
  let base: string;
  let env: Record<string, string>;
  let authority: Awaited<ReturnType<typeof startAuthority>>;
  beforeAll(async () => {
    base = await mkdtemp(path.join(tmpdir(), 'tutela time '));
    authority = await startAuthority('First');
    await writeFile(path.join(base, 'roots.pem'), await readFile(authority.rootsFile));
    const file = path.join(base, 'authorities.json');
    await writeFile(
      file,
      JSON.stringify([
        { name: 'first', url: authority.url, roots: 'roots.pem' },
        { name: 'gone', url: 'http://127.0.0.1:9/', roots: 'roots.pem' },
      ]),
    );
    env = { TUTELA_TIME_AUTHORITIES: file, TUTELA_LEDGER_PUBLIC: 'yes' };
  });
  afterAll(async () => {
    await authority.stop();
    await rm(base, { recursive: true, force: true });
  });

  test('the node has its head stamped, tells of both, serves its log, and the check counts the token', async () => {
    const data = path.join(base, 'data');
    const list = path.join(base, 'list.csv');
    await writeFile(list, `sha256\n${'0'.repeat(64)}\n`);
    const imported = await tutela(['list', 'import', '--name', 'known', list, '--data', data], env);
    expect(imported).toMatchObject({ code: 0 });
    const node = await startNode(['--no-demo', '--port', '0', '--data', data], env);
    for (;;) {
      const { ledger } = (await (await node.ask('/status')).json()) as StampedStatus;
      const [first, gone] = ledger.timestamps;
      expect([first?.authority, gone?.authority, gone?.size]).toEqual(['first', 'gone', null]);
      if (first?.size) break;
      await sleep(300);
    }
    const checkpoint = await fetch(`${node.origin}/ledger/checkpoint`);
    expect(await checkpoint.text()).toContain('\n\n\u2014 ');
    node.send('SIGTERM');
    expect((await node.ended).code).toBe(0);

    const head = await tutela(['ledger', 'head', '--data', data], env);
    expect(head.stderr).toMatch(/Stamped by first at \d{4}-.*: \d+ entries\./);
    expect(head.stderr).toMatch(/Not yet stamped by gone\. Since then \d+ in vain: the authority gives no answer/);
    const checked = await tutela(['ledger', 'check', '--json', '--data', data], env);
    expect(JSON.parse(checked.stdout)).toMatchObject({
      verdict: 'intact',
      counts: { timestamps: 1, timestampsWithoutRoot: 0 },
    });
  });
});
