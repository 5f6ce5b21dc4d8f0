import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import type { Db } from '@tutela/db';
import { type NoteKey, noteKey, type Signer } from '@tutela/ledger';
import { nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { sequence, startSequencer } from '@tutela/ledger/postgres';
import type { Secrets } from '../config/secrets.js';
import type { KeptHead } from './kept-head.js';

export const ledgerSigner = ({ origin, signingKey }: Secrets['ledger']): Signer => signerFromPem(origin, signingKey);

/** The public key under which this installation's heads are believed. */
export const ledgerKey = (signer: Signer): NoteKey => noteKey(nodeHasher, signer.name, signer.publicKey);

export type KeepingState =
  | { readonly state: 'starting' | 'running' | 'stopped' }
  /** The stored ledger contradicts its signed head: nothing is added until somebody has looked. */
  | { readonly state: 'refused'; readonly reason: string };

export interface LedgerKeeping {
  readonly state: () => KeepingState;
  readonly stop: () => Promise<void>;
}

interface KeepingDeps {
  readonly db: Db;
  readonly signer: Signer;
  /** Told of each new signed head, to keep a copy of it outside of the database. */
  readonly onHead: (note: string) => void;
  readonly log: (line: string) => void;
}

const retryMs = 2000;

/** Sequences the ledger in the background; the start derives the whole log again and may take its time. */
export const keepLedger = ({ db, signer, onHead, log }: KeepingDeps): LedgerKeeping => {
  const stopping = new AbortController();
  let state: KeepingState = { state: 'starting' };
  const trouble = (error: unknown): void =>
    log(`ledger: ${error instanceof Error ? error.message : String(error)}; trying again`);

  const keep = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const started = await startSequencer(db, { signer, clock: systemClock, onHead, onTrouble: trouble });
        if (started.kind !== 'done') return refuse(started.reason.message);
        state = { state: 'running' };
        stopping.signal.addEventListener('abort', () => void started.value.stop());
        // It may have been told to stop while it started.
        if (stopping.signal.aborted) await started.value.stop();
        const ended = await started.value.ended;
        if (ended.kind !== 'done') refuse(ended.reason.message);
        return;
      } catch (error) {
        trouble(error);
        await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };
  const refuse = (reason: string): void => {
    state = { state: 'refused', reason };
    log(`ledger: ${reason}. Nothing is added to it until somebody has looked: run tutela ledger check.`);
  };
  const keeping = keep();
  return {
    state: () => state,
    stop: async () => {
      stopping.abort();
      await keeping;
      if (state.state !== 'refused') state = { state: 'stopped' };
    },
  };
};

interface LoggingDeps {
  readonly db: Db;
  readonly signer: Signer;
  readonly keptHead: KeptHead;
}

/** Puts what happened into the log, until nothing is left or somebody else is at it. */
export const putIntoLog = async ({ db, signer, keptHead: kept }: LoggingDeps): Promise<void> => {
  for (;;) {
    const turn = await sequence(db, { signer, clock: systemClock });
    if (turn.kind !== 'done') return;
    if (turn.value.count > 0 && turn.value.head) kept.keep(turn.value.head.note);
    if (turn.value.left === 'drained') return;
  }
};
