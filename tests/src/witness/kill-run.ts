import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tutela/core';
import {
  cosignerKey,
  formatCosignerKey,
  formatVerifierKey,
  noteKey,
  signCheckpoint,
  verifyCosignatures,
} from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, nodeVerifier, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, type EventId, sequence, startSequencer, submitHead } from '@tutela/ledger/postgres';
import { sql } from 'kysely';
import { coveredTables, openLedgerDatabase } from './ground.js';

/** What the processes say. */
interface Said {
  readonly ids: EventId[];
  readonly heads: string[];
  readonly cosigned: { readonly size: string; readonly root: string; readonly line: string }[];
}

export interface Struck {
  readonly victim: 'log' | 'witness';
  readonly point: string;
}

/** `not-struck`: the point was not passed so often, so nothing was tested. Otherwise what is wrong; nothing when all is well. */
export type RunResult = 'not-struck' | readonly string[];

export interface KillGround {
  /** One run: both processes at work, one of them struck, then started again until all is in order; then the check. */
  readonly run: (struck: Struck, times: number) => Promise<RunResult>;
  readonly counts: () => { readonly acknowledged: number; readonly heads: number; readonly cosignatures: number };
  readonly close: () => Promise<void>;
}

const processOf = (name: string): string => fileURLToPath(new URL(`${name}-process.js`, import.meta.url));
const unstruck = ['no point', '0'];

export const openKillGround = async (): Promise<KillGround> => {
  const scratch = await openLedgerDatabase();
  const { db } = scratch;
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-witness-'));
  const [pem, witnessPem] = [newSigningKeyPem(), newSigningKeyPem()];
  const signer = signerFromPem('test.example/ledger', pem);
  const logKey = noteKey(nodeHasher, signer.name, signer.publicKey);
  const witnessName = 'witness.example/w1';
  const key = cosignerKey(nodeHasher, witnessName, signerFromPem(witnessName, witnessPem).publicKey);
  const said: Said = { ids: [], heads: [], cosigned: [] };
  let port = '0';
  let runs = 0;
  let witness: ChildProcess | undefined;

  /** On the port of the first one, so that a log that is at work finds the next one. */
  const startWitness = async (strike: readonly string[]): Promise<void> => {
    const args = [processOf('witness'), folder, witnessPem, formatVerifierKey(logKey), port, ...strike];
    witness = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((ready, fail) => {
      witness?.once('exit', () => fail(new Error('the witness did not start')));
      listenTo(witness as ChildProcess, said, (address) => {
        port = new URL(address).port;
        ready();
      });
    });
  };
  const stopWitness = async (): Promise<void> => {
    if (witness === undefined || witness.exitCode !== null || witness.signalCode !== null) return;
    witness.kill('SIGKILL');
    await once(witness, 'exit');
  };
  const url = () => `http://127.0.0.1:${port}`;
  const startLog = (strike: readonly string[]): ChildProcess => {
    const thing = String(runs * 1000);
    const args = [processOf('log'), scratch.url, pem, url(), formatCosignerKey(key), thing, ...strike];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    listenTo(child, said);
    return child;
  };

  /** As the next process would: derives the log again, sequences what is left, has it cosigned. */
  const recover = async (): Promise<readonly string[]> => {
    const deps = { signer, clock: systemClock };
    const started = await startSequencer(db, { ...deps, everyMs: 60_000, onHead: (note) => said.heads.push(note) });
    if (started.kind !== 'done') return [`not started again: ${started.reason.message}`];
    await started.value.stop();
    // A killed process's connection may hold the lock a moment longer.
    while ((await sequence(db, deps)).kind !== 'done') await wait(20);
    const outcome = await submitHead(db, { key, url: url() }, { clock: systemClock });
    return outcome.kind === 'done' || outcome.kind === 'nothing' ? [] : [`not cosigned: ${outcome.reason.message}`];
  };

  const check = async (): Promise<readonly string[]> => {
    const placed = await sql<{ event_id: EventId; times: string }>`
      select event_id, count(*) as times from ledger.leaf group by event_id`.execute(db);
    const times = new Map(placed.rows.map((row) => [row.event_id, Number(row.times)]));
    const lost = said.ids.filter((id) => times.get(id) !== 1).map((id) => `acknowledged and not there once: ${id}`);
    const issued = await Promise.all(
      said.cosigned.map(async ({ size, root, line }) => {
        const note = await signCheckpoint(nodeHasher, signer, { size: BigInt(size), root: Buffer.from(root, 'hex') });
        const verified = await verifyCosignatures(nodeVerifier, [key], note + line);
        return { note, size, holds: verified.kind === 'done' && verified.value.length === 1 };
      }),
    );
    const wrong = issued.filter(({ holds }) => !holds).map(({ size }) => `a cosignature of ${size} does not hold`);
    // Each head that was told and each that was ever cosigned has to be a prefix of the one log.
    const elsewhere = [...new Set([...said.heads, ...issued.map(({ note }) => note)])];
    const report = await checkLedger(db, {
      publicKeys: [logKey],
      cosignerKeys: [key],
      coveredTables,
      headsKeptElsewhere: elsewhere,
    });
    const pending = report.counts.pending === 0 ? [] : [`${report.counts.pending} events were left out`];
    return [...lost, ...wrong, ...pending, ...report.findings.map((finding) => JSON.stringify(finding))];
  };

  return {
    run: async ({ victim, point }, times) => {
      runs++;
      const strike = [point, String(times)];
      if (victim === 'witness') await stopWitness();
      const running = witness?.exitCode === null && witness.signalCode === null;
      if (!running) await startWitness(victim === 'witness' ? strike : unstruck);
      const log = startLog(victim === 'log' ? strike : unstruck);
      const ended = once(log, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
      if (victim === 'witness') {
        await Promise.race([once(witness as ChildProcess, 'close'), ended]);
        if (witness?.signalCode !== 'SIGKILL') return 'not-struck';
        await startWitness(unstruck);
      }
      const [code, signal] = await ended;
      if (victim === 'log' && signal !== 'SIGKILL') return code === 0 ? 'not-struck' : ['the log process broke off'];
      if (victim === 'witness' && code !== 0) return ['the log process broke off'];
      return [...(await recover()), ...(await check())];
    },
    counts: () => ({ acknowledged: said.ids.length, heads: said.heads.length, cosignatures: said.cosigned.length }),
    close: async () => {
      await stopWitness();
      await scratch.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Keeps what a process says; the last line may be cut by the kill. */
const listenTo = (child: ChildProcess, said: Said, onAddress?: (address: string) => void): void => {
  if (child.stdout === null) throw new Error('the child has no output');
  createInterface(child.stdout).on('line', (line) => {
    if (!line.endsWith('}')) return;
    const told = JSON.parse(line) as {
      readonly id?: EventId;
      readonly head?: string;
      readonly cosigned?: Said['cosigned'][number];
      readonly address?: string;
    };
    if (told.id !== undefined) said.ids.push(told.id);
    if (told.head !== undefined) said.heads.push(told.head);
    if (told.cosigned !== undefined) said.cosigned.push(told.cosigned);
    if (told.address !== undefined) onAddress?.(told.address);
  });
};
