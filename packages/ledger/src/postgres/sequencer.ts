import { done, type Outcome, refused } from '@tutela/core';
import type { Kysely } from 'kysely';
import { LedgerError } from '../ledger-error.js';
import type { Horizon } from './pending.js';
import { type RederiveFault, rederive } from './rederive.js';
import { refuseLostHead, type SequenceDeps, sequence } from './sequence.js';
import type { StoredHead } from './stored-tree.js';
import { ledgerTables } from './tables.js';

export interface SequencerDeps extends SequenceDeps {
  /** Milliseconds between two looks at the events; 1,000 unless said otherwise. */
  readonly everyMs?: number;
  /** Told of each new head, after it is stored: the place to keep a copy outside of the database. */
  readonly onHead?: (note: string) => void;
  /** Told of what went wrong (a database that does not answer); the sequencer goes on with the next turn. */
  readonly onTrouble?: (error: unknown) => void;
}

export interface Sequencer {
  /** Looks at once instead of at the next turn. */
  readonly wake: () => void;
  /** Resolves when the turn in progress has ended. */
  readonly stop: () => Promise<void>;
  /** How it ended: stopped, or refused to go on because the stored ledger changed under it. */
  readonly ended: Promise<Outcome<undefined, RederiveFault>>;
}

/**
 * Sequences a ledger until it is stopped. Several may run on one database, in one process or many: one at a time works.
 *
 * Starts by deriving the root from the stored leaves and refuses to run when it is not that of the last checkpoint; goes
 * on only while the heads that it has seen are still there.
 */
export const startSequencer = async (
  db: Kysely<unknown>,
  deps: SequencerDeps,
): Promise<Outcome<Sequencer, RederiveFault>> => {
  const derived = await rederive(db, deps.signer);
  if (derived.kind !== 'done') return derived as Outcome<never, RederiveFault>;
  const turns = alarm(deps.everyMs ?? 1000);
  const ended = run(db, deps, derived.value, turns);
  const stop = async (): Promise<void> => {
    turns.stop();
    await ended;
  };
  return done({ wake: turns.ring, stop, ended });
};

const run = async (
  db: Kysely<unknown>,
  deps: SequencerDeps,
  derived: StoredHead | undefined,
  turns: Alarm,
): Promise<Outcome<undefined, RederiveFault>> => {
  let seen = derived;
  let horizon: Horizon | undefined;
  for (let next = 'at-once'; turns.state() === 'running'; ) {
    if (next === 'wait') await turns.next();
    try {
      await refuseLostHead(ledgerTables(db), seen);
      const turn = await sequence(db, deps, horizon, seen);
      next = turn.kind === 'done' && turn.value.left === 'more' ? 'at-once' : 'wait';
      if (turn.kind !== 'done') continue;
      horizon = turn.value.horizon;
      seen = turn.value.head ?? seen;
      if (turn.value.count > 0 && seen) deps.onHead?.(seen.note);
    } catch (error) {
      if (error instanceof LedgerError && error.code === 'head-differs') return refused('head-differs', error.message);
      deps.onTrouble?.(error);
      next = 'wait';
    }
  }
  return done(undefined);
};

interface Alarm {
  readonly next: () => Promise<void>;
  readonly ring: () => void;
  readonly stop: () => void;
  readonly state: () => 'running' | 'stopped';
}

/** Rings every so often, and when asked to; a ring that nobody waits for is kept. */
const alarm = (everyMs: number): Alarm => {
  let state: 'running' | 'stopped' = 'running';
  let rung = false;
  let wakeUp: (() => void) | undefined;
  const ring = (): void => {
    rung = true;
    wakeUp?.();
  };
  const next = async (): Promise<void> => {
    if (!rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    rung = false;
    wakeUp = undefined;
  };
  const stop = (): void => {
    state = 'stopped';
    ring();
  };
  return { next, ring, stop, state: () => state };
};
