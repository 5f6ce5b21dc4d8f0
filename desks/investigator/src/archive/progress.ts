import { done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { StopRule } from '@tutela/recovery';
import { blocksOf } from './candidates/import-list.js';
import type { ArchiveDeps } from './deps.js';
import {
  type ArchiveRow,
  countChecks,
  countLocks,
  countSecrets,
  countSets,
  countWork,
  listArchives,
  locksOfSet,
  membersOfSet,
  plannedLeft,
} from './queries/progress.js';
import { findRun } from './queries/runs.js';
import { listWordLists } from './queries/words.js';
import type { Under } from './recovery/work.js';

export interface RecoveryProgress extends Under {
  readonly state: 'not-begun' | 'running' | 'ended';
  readonly endedBecause: string | null;
  readonly stopRule: StopRule | null;
  readonly startedAt: UtcInstant | null;
  /** Archives by state, of the whole case. */
  readonly sets: Readonly<Record<string, number>>;
  readonly locks: Readonly<Record<string, number>>;
  /** By how they were verified. A sealed one counts and shows nothing. */
  readonly secrets: Readonly<Record<string, number>>;
  readonly checks: number;
  /** Work of engines, never time in a queue. */
  readonly workedSeconds: number;
  readonly leases: number;
  /** The time worked is divided among kinds by what their checks cost. */
  readonly kinds: readonly { readonly kdf: string; readonly checks: number; readonly checksPerSecond: number | null }[];
  /** Until every open lock has had every list at the speed so far: at most, since hits and the stop rule end it before. */
  readonly atMostSecondsLeft: number | null;
}

/** How far the search for passwords has come, in words that do not promise more than is known. */
export const recoveryProgress = async ({ db }: Pick<ArchiveDeps, 'db'>, under: Under): Promise<RecoveryProgress> => {
  const run = await findRun(db, under);
  const lists = await listWordLists(db, under.caseRef);
  const kdfs = await countChecks(db, under);
  const workedMs = run?.workedMs ?? 0;
  const planned = kdfs.reduce((sum, { plannedMs }) => sum + plannedMs, 0);
  // How long a planned millisecond really takes: of all runs, so only while there is one.
  const pace = planned > 0 && workedMs > 0 ? workedMs / planned : undefined;
  const blocks = lists.reduce((sum, list) => sum + blocksOf(list), 0);
  const blockWords = Math.max(0, ...lists.map((list) => list.blockWords));
  const left = await plannedLeft(db, under, blocks, blockWords);
  return {
    ...under,
    state: run?.state ?? 'not-begun',
    endedBecause: run?.endedBecause ?? null,
    stopRule: run?.options.stopRule ?? null,
    startedAt: run?.startedAt ?? null,
    sets: await countSets(db, under.caseRef),
    locks: await countLocks(db, under),
    secrets: await countSecrets(db, under),
    checks: run?.checks ?? 0,
    workedSeconds: workedMs / 1000,
    leases: await countWork(db, under),
    kinds: kdfs.map(({ kdf, checks, plannedMs }) => ({
      kdf,
      checks,
      checksPerSecond: pace === undefined || plannedMs === 0 ? null : Math.round((1000 * checks) / (plannedMs * pace)),
    })),
    atMostSecondsLeft: pace === undefined ? null : (left * pace) / 1000,
  };
};

export type { ArchiveRow };

export interface ArchivePage {
  readonly caseRef: string;
  readonly state?: string;
  readonly after?: string;
  readonly limit: number;
}

/** Archives of a case; what an expired or revoked authority let us read is left out. */
export const listCaseArchives = (
  { db, clock }: Pick<ArchiveDeps, 'db' | 'clock'>,
  page: ArchivePage,
): Promise<readonly ArchiveRow[]> => listArchives(db, page, clock.now());

const membersShown = 10_000;

/** One of them with its locks and members. Passwords are never part of it. */
export const showArchive = async (
  { db, clock }: Pick<ArchiveDeps, 'db' | 'clock'>,
  { caseRef, setId }: { readonly caseRef: string; readonly setId: string },
): Promise<
  Outcome<
    ArchiveRow & {
      readonly locks: Awaited<ReturnType<typeof locksOfSet>>;
      readonly contents: Awaited<ReturnType<typeof membersOfSet>>;
    },
    'unknown-archive'
  >
> => {
  const before = previousId(setId);
  const [row] = before === undefined ? [] : await listArchives(db, { caseRef, after: before, limit: 1 }, clock.now());
  if (row?.setId !== setId) return refused('unknown-archive', `there is no archive ${setId} to be seen in ${caseRef}`);
  return done({ ...row, locks: await locksOfSet(db, setId), contents: await membersOfSet(db, setId, membersShown) });
};

/** The UUID just before. */
const previousId = (id: string): string | undefined => {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined;
  const hex = (BigInt(`0x${id.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
