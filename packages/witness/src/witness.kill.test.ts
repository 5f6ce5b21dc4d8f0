import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cosignerKey, verifyCosignatures } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, nodeVerifier, signerFromPem } from '@tutela/ledger/node';
import { expect, test } from 'vitest';
import { growLog, type TestLog } from './logs.test-support.js';

const victim = fileURLToPath(new URL('kill-victim.test-support.js', import.meta.url));
/** Rounds of killing; the acceptance run of the project is TUTELA_LONG=1. */
const rounds = process.env.TUTELA_LONG === '1' ? 60 : 3;

const sizes = 30;
const logsInRound = 12;
const patienceMs = 2000;
const logPem = newSigningKeyPem();
/** Two histories under one name and key, which differ from the first entry on. */
const histories = (name: string): readonly TestLog[] => {
  const signer = signerFromPem(name, logPem);
  return [growLog(signer, sizes), growLog(signer, sizes, 0)];
};

interface Issued {
  readonly of: TestLog;
  readonly size: number;
  readonly line: string;
}

test('of two processes and many requests from one old size one wins, and all that was ever cosigned is one history, through kills', {
  timeout: 30_000 + rounds * 5000,
}, async () => {
  const pem = newSigningKeyPem();
  const issued: Issued[] = [];
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-witness-'));
  const publicKey = Buffer.from(signerFromPem('log', logPem).publicKey).toString('base64');
  for (let round = 0; round < rounds; round++) {
    const names = Array.from({ length: logsInRound }, (_, at) => `log-${round}-${at}`);
    const args = [victim, folder, pem, publicKey, ...names];
    const children = [0, 1].map(() => spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }));
    const origins = await Promise.all(children.map(addressOf));
    const asking = names.flatMap(histories).flatMap((of) => origins.map((origin) => ask(origin, of, issued)));
    const enough = issued.length + 1 + Math.random() * 60;
    while (issued.length < enough) await wait(2);
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(asking);
  }
  await rm(folder, { recursive: true });

  const key = cosignerKey(nodeHasher, 'witness.example/w1', signerFromPem('w', pem).publicKey);
  const believed = new Map<string, TestLog>();
  for (const { of, size, line } of issued) {
    const note = (await of.head(size)) + line;
    expect(await verifyCosignatures(nodeVerifier, [key], note)).toMatchObject({ value: [{ key }] });
    expect(believed.get(of.key.name) ?? of).toBe(of);
    believed.set(of.key.name, of);
  }
  expect(believed.size).toBeGreaterThanOrEqual(rounds);
});

const addressOf = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new Error('the child has no output');
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the witness did not start')));
  const line = once(createInterface(child.stdout), 'line').then(([text]) => text as string);
  // Once it has started, its end is what we want.
  ended.catch(() => undefined);
  return Promise.race([line, ended]);
};

/** Asks for one head after another until nobody answers, each from the size that the witness says it has. */
const ask = async (origin: string, of: TestLog, issued: Issued[]): Promise<void> => {
  let from = 0;
  for (;;) {
    const to = Math.min(from + 1 + Math.floor(Math.random() * 3), sizes);
    try {
      const body = await of.request(from, to);
      // Without a limit a request to a server that was killed as it connected may never end.
      const signal = AbortSignal.timeout(patienceMs);
      const response = await fetch(`${origin}/add-checkpoint`, { method: 'POST', body, signal });
      const answer = await response.text();
      if (response.status === 200) {
        issued.push({ of, size: to, line: answer });
        from = to;
      } else if (response.status === 409) from = Number(answer);
      else if (response.status !== 422) throw new Error(`the witness answers ${response.status}: ${answer}`);
    } catch (error) {
      if (error instanceof TypeError || error instanceof DOMException) return;
      throw error;
    }
  }
};
