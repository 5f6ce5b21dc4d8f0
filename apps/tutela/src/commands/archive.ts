import { createReadStream } from 'node:fs';
import path from 'node:path';
import { systemClock } from '@tutela/core';
import {
  type ArchiveDeps,
  endRecovery,
  engineChoiceOf,
  importWordList,
  listCaseArchives,
  openArchives,
  openItemReader,
  openRecoveryEngine,
  recoveryProgress,
  runRecovery,
  showArchive,
  takeArchiveCensus,
} from '@tutela/investigator-desk';
import { actorOf } from '../config/actor.js';
import { printJson, type TutelaContext } from '../context.js';
import type { Workplace } from '../node/workplace.js';
import { accepted } from '../output/accepted.js';
import { printable } from '../output/printable.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

type JsonFlags = DataFlags & { readonly json: boolean };
export type ArchiveListFlags = JsonFlags & { readonly state?: string; readonly limit: number };
export type RecoverListFlags = JsonFlags & { readonly name: string };
export type RecoverStopFlags = JsonFlags & { readonly reason: string };

const depsOf = ({ database: { db }, vault }: Workplace, { env }: TutelaContext): ArchiveDeps => ({
  db,
  vault,
  clock: systemClock,
  actor: actorOf(env),
  reader: openItemReader(vault),
});

export async function archiveExamine(this: TutelaContext, flags: JsonFlags, caseRef: string): Promise<void> {
  const counts = await withWorkplace(this, flags, 'writes', (place) =>
    takeArchiveCensus(depsOf(place, this), { caseRef }),
  );
  print(this, flags, counts);
}

export async function archiveOpen(this: TutelaContext, flags: JsonFlags, caseRef: string): Promise<void> {
  const signal = this.interruption();
  const ends = await withWorkplace(this, flags, 'writes', (place) =>
    openArchives(depsOf(place, this), { caseRef, signal }),
  );
  print(this, flags, ends);
}

export async function archiveList(this: TutelaContext, flags: ArchiveListFlags, caseRef: string): Promise<void> {
  const { state, limit } = flags;
  const asked = { caseRef, limit, ...(state !== undefined && { state }) };
  const archives = await withWorkplace(this, flags, 'reads', (place) => listCaseArchives(depsOf(place, this), asked));
  if (flags.json) {
    printJson(this, { v: 1, archives });
    return;
  }
  for (const { setId, state: now, reason, format, path: name } of archives)
    this.process.stdout.write(
      `${setId}  ${now}${reason === null ? '' : ` (${reason})`}  ${format ?? '?'}  ${printable(name ?? '')}\n`,
    );
}

export async function archiveShow(
  this: TutelaContext,
  flags: JsonFlags,
  caseRef: string,
  setId: string,
): Promise<void> {
  const archive = await withWorkplace(this, flags, 'reads', async (place) =>
    accepted(await showArchive(depsOf(place, this), { caseRef, setId })),
  );
  print(this, flags, archive);
}

/** Keeps a word list in the vault of a case. */
export async function recoverImport(
  this: TutelaContext,
  flags: RecoverListFlags,
  caseRef: string,
  file: string,
): Promise<void> {
  const bytes = createReadStream(path.resolve(this.folder, file));
  const { name, sha256, words } = await withWorkplace(this, flags, 'writes', async (place) =>
    accepted(await importWordList(depsOf(place, this), { caseRef, name: flags.name, bytes })),
  );
  print(this, flags, { name, sha256, words });
}

/** Until its stop rule, an interruption, or the authority ends it; other machines may do the same at once. */
export async function recoverRun(
  this: TutelaContext,
  flags: JsonFlags,
  caseRef: string,
  authorityId: string,
): Promise<void> {
  const signal = this.interruption();
  const progress = await withWorkplace(this, flags, 'writes', async (place) => {
    const engine = await openRecoveryEngine(engineChoiceOf(this.env));
    try {
      accepted(await runRecovery(depsOf(place, this), { caseRef, authorityId }, { engine, signal }));
    } finally {
      await engine.close();
    }
    return await recoveryProgress(depsOf(place, this), { caseRef, authorityId });
  });
  print(this, flags, progress);
}

export async function recoverStatus(
  this: TutelaContext,
  flags: JsonFlags,
  caseRef: string,
  authorityId: string,
): Promise<void> {
  const progress = await withWorkplace(this, flags, 'reads', (place) =>
    recoveryProgress(depsOf(place, this), { caseRef, authorityId }),
  );
  print(this, flags, progress);
}

export async function recoverStop(
  this: TutelaContext,
  flags: RecoverStopFlags,
  caseRef: string,
  authorityId: string,
): Promise<void> {
  const run = await withWorkplace(this, flags, 'writes', async (place) =>
    accepted(await endRecovery(depsOf(place, this), { caseRef, authorityId }, flags.reason)),
  );
  print(this, flags, { run: run.runId, checks: run.checks, endedBecause: run.endedBecause });
}

const print = (context: TutelaContext, { json }: JsonFlags, body: object): void => {
  const lines = Object.entries(body).map(
    ([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : printable(String(value))}\n`,
  );
  if (json) printJson(context, { v: 1, ...body });
  else context.process.stdout.write(lines.join(''));
};
