import { done, type Nothing, newId, nothing, type Outcome, refused, toInstant } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { type By, type CaseFault, findOpenCase, recordCaseAct } from '../case/cases.js';
import type { SeizureDeps } from '../seizure/deps.js';
import { recordEnd, runEffect, runSubject } from './commit-unit.js';
import { standingOfStacks } from './queries/look-alikes.js';
import { countOutcomes, type OutcomeCount } from './queries/pictures.js';
import {
  changedUnits,
  countRun,
  type FingerprintRun,
  findRun,
  insertRun,
  latestRun,
  lockRun,
  planRun,
  writtenPlaces,
} from './queries/runs.js';
import { type FingerprintRunId, fingerprintWorkflow } from './schema.js';

export type FingerprintFault = CaseFault | 'under-way' | 'no-pictures';

const jobOf = (runId: FingerprintRunId, place: number) => ({
  id: `fingerprint/${runId}/${place}`,
  workflow: fingerprintWorkflow,
  input: { runId, place },
});

const defaultUnitContents = 100;

/**
 * Begins to look at the pictures of a case that nobody has looked at yet, those from opened archives too. What may be
 * looked at, each unit asks the authorities when it runs. A run none of whose units will ever go on makes room for this one.
 * @returns `nothing` where no picture waits
 */
export const startFingerprints = async (
  deps: SeizureDeps,
  caseRef: string,
  { by, at, unitContents = defaultUnitContents }: By & { readonly unitContents?: number },
): Promise<Outcome<FingerprintRun, FingerprintFault>> => {
  const standing = await latestRun(deps.db, caseRef);
  const lost = standing?.state === 'running' && (await goesOn(deps, standing)) === 'no';
  return inTransaction(deps.db, async (tx): Promise<Outcome<FingerprintRun, FingerprintFault>> => {
    const open = await findOpenCase(tx, caseRef);
    if (open.kind !== 'done') return open;
    if (standing?.state === 'running') {
      const locked = await lockRun(tx, standing.runId);
      if (locked?.state === 'running' && !lost) return underWay;
      if (locked?.state === 'running') await recordEnd(tx, deps.engine(), { ...standing, at });
    }
    const plan = await planRun(tx, caseRef, unitContents);
    if (plan.contents === 0) return noPictures;
    const runId = newId<FingerprintRunId>();
    await insertRun(tx, { runId, caseRef, ...plan, startedAt: at, startedBy: by });
    for (const place of plan.bounds.keys()) await deps.engine().start(tx, jobOf(runId, place));
    await recordCaseAct(tx, {
      type: 'fingerprints-started',
      caseRef,
      by,
      at,
      subjects: [runSubject(runId)],
      payload: { contents: plan.contents, units: plan.bounds.length },
      effects: [runEffect(runId)],
    });
    return done((await findRun(tx, runId)) as FingerprintRun);
  });
};

const underWay = refused('under-way', 'the pictures of this case are being looked at');
const noPictures: Nothing<'no-pictures'> = nothing('no-pictures', 'no picture waits to be looked at');

/** Whether a worker has some of it, or will have. */
const goesOn = async ({ db, engine }: SeizureDeps, { runId, bounds }: FingerprintRun): Promise<'yes' | 'no'> => {
  const written = new Set(await writtenPlaces(db, runId));
  for (const place of bounds.keys()) {
    if (written.has(place)) continue;
    const status = await engine().status(jobOf(runId, place).id);
    if (status === 'waiting' || status === 'running') return 'yes';
  }
  return 'no';
};

export interface FingerprintStatus {
  readonly run: Omit<FingerprintRun, 'bounds'> | null;
  readonly units: number;
  readonly unitsLeft: number;
  /** Units that an authority stopped; a new run takes them up where one allows it again. */
  readonly stopped: number;
  /** Files of this run that `match` does not cover. */
  readonly refused: number;
  /** Contents of this run, and how many of them are worked through. */
  readonly contents: number;
  readonly done: number;
  readonly perSecond: number;
  /** `null` where nothing was finished lately to reckon with. */
  readonly secondsLeft: number | null;
  /** Of all runs, under authorities in force. */
  readonly outcomes: readonly OutcomeCount[];
}

/** The rate is that of the last so long. */
const windowSeconds = 600;

/** How far looking at the pictures of a case has come, how fast, and how long still. */
export const readFingerprints = async (
  { db, clock }: Pick<SeizureDeps, 'db' | 'clock'>,
  caseRef: string,
): Promise<FingerprintStatus> => {
  const outcomes = await countOutcomes(db, caseRef);
  const found = await latestRun(db, caseRef);
  if (found === undefined) return { ...nothingYet, outcomes };
  const { bounds, ...run } = found;
  const now = Date.parse(run.finishedAt ?? clock.now());
  const since = Math.max(Date.parse(run.startedAt), now - windowSeconds * 1000);
  const counts = await countRun(db, run.runId, toInstant(new Date(since)));
  const perSecond = now > since ? (1000 * counts.lately) / (now - since) : 0;
  const left = run.state === 'ended' ? 0 : Math.max(0, run.contents - counts.contents);
  return {
    run,
    units: bounds.length,
    unitsLeft: bounds.length - counts.units,
    stopped: counts.stopped,
    refused: counts.refused,
    contents: run.contents,
    done: counts.contents,
    perSecond,
    secondsLeft: left === 0 ? 0 : perSecond > 0 ? left / perSecond : null,
    outcomes,
  };
};

const nothingYet: Omit<FingerprintStatus, 'outcomes'> = {
  run: null,
  units: 0,
  unitsLeft: 0,
  stopped: 0,
  refused: 0,
  contents: 0,
  done: 0,
  perSecond: 0,
  secondsLeft: null,
};

/** Computes every unit's digest again, and that of the stacks. @returns the units whose pictures were changed since, and `look-alikes` */
export const checkFingerprints = async (db: Db, caseRef: string): Promise<readonly string[]> => {
  const units = await changedUnits(db, caseRef);
  return (await standingOfStacks(db, caseRef)) === 'changed' ? [...units, 'look-alikes'] : units;
};
