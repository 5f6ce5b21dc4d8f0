import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import {
  addSource,
  goOnWithPass,
  listSources,
  type PassRow,
  passOf,
  pausePass,
  readPassStatus,
  readSeizureStatus,
  type SeizureDeps,
  startPass,
} from '@tutela/investigator-desk';
import { actorOf } from '../config/actor.js';
import { endAs, printJson, type TutelaContext } from '../context.js';
import type { Workplace } from '../node/workplace.js';
import { accepted } from '../output/accepted.js';
import { bodyOf } from '../output/body.js';
import { startProgress } from '../output/progress.js';
import { formatSeizure, seizureBody } from '../seize/format-seizure.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

type JsonFlags = DataFlags & { readonly json: boolean };
export type SeizeAddFlags = JsonFlags & {
  readonly exhibit: string;
  readonly accounts?: string;
  readonly image: boolean;
  readonly zone?: string;
};

const depsOf = ({ database: { db }, engine }: Workplace): SeizureDeps => ({ db, engine, clock: systemClock });
const by = ({ env }: TutelaContext) => ({ by: actorOf(env), at: systemClock.now() });

export async function seizeAdd(
  this: TutelaContext,
  flags: SeizeAddFlags,
  caseRef: string,
  folder: string,
): Promise<void> {
  const source = {
    caseRef,
    exhibit: flags.exhibit,
    kind: flags.image ? ('image' as const) : ('folder' as const),
    locator: path.resolve(this.folder, folder),
    ...(flags.accounts !== undefined && { accountPath: flags.accounts }),
    ...(flags.zone !== undefined && { zone: flags.zone }),
  };
  const row = await withWorkplace(this, flags, 'writes', async (place) =>
    accepted(await addSource(depsOf(place), source, by(this))),
  );
  if (flags.json) printJson(this, { v: 1, source: bodyOf(row) });
  else this.process.stdout.write(`${row.source_id}\n`);
}

/** Reads every source of a case that is not read yet, or goes on with it, until nothing is left or an authority stops it. */
export async function seizeRun(this: TutelaContext, flags: JsonFlags, caseRef: string): Promise<void> {
  const interruption = this.interruption();
  const status = await withWorkplace(this, flags, 'works', async (place) => {
    const deps = depsOf(place);
    const sources = await listSources(deps.db, caseRef);
    if (sources.length === 0)
      throw new TutelaError('usage', `${caseRef} has no source.`, 'tutela seize add names one.');
    const passes: PassRow[] = [];
    for (const { source_id } of sources) {
      const known = await passOf(deps, source_id);
      if (known.kind === 'done' && known.value.state !== 'ended')
        accepted(await goOnWithPass(deps, known.value.pass_id, by(this)));
      passes.push(known.kind === 'done' ? known.value : accepted(await startPass(deps, source_id, by(this))));
    }
    const progress = startProgress({ stream: this.process.stderr }, 'reading', 'files');
    while (!interruption.aborted) {
      const now = await Promise.all(passes.map((pass) => readPassStatus(deps, pass)));
      progress.update({ done: now.reduce((sum, { counts }) => sum + counts.files, 0) });
      if (now.every(({ counts }) => counts.waiting === 0)) break;
      await sleep(500, undefined, { signal: interruption }).catch(() => undefined);
    }
    progress.end();
    return await readSeizureStatus(deps, caseRef);
  });
  if (flags.json) printJson(this, seizureBody(status));
  else this.process.stdout.write(formatSeizure(status));
  if (status.sources.some(({ pass }) => (pass?.forecast.unitsLeft ?? 0) > 0)) endAs(this, 'undecided');
}

export async function seizeStatus(this: TutelaContext, flags: JsonFlags, caseRef: string): Promise<void> {
  const status = await withWorkplace(this, flags, 'reads', (place) => readSeizureStatus(depsOf(place), caseRef));
  if (flags.json) printJson(this, seizureBody(status));
  else this.process.stdout.write(formatSeizure(status));
}

/** Pauses every pass of a case that is under way. */
export async function seizePause(this: TutelaContext, flags: JsonFlags, caseRef: string): Promise<void> {
  const status = await withWorkplace(this, flags, 'writes', async (place) => {
    const deps = depsOf(place);
    const { sources } = await readSeizureStatus(deps, caseRef);
    for (const { pass } of sources)
      if (pass?.pass.state === 'running') accepted(await pausePass(deps, pass.pass.pass_id, by(this)));
    return await readSeizureStatus(deps, caseRef);
  });
  if (flags.json) printJson(this, seizureBody(status));
  else this.process.stdout.write(formatSeizure(status));
}
