import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import {
  type FingerprintStatus,
  readFingerprints,
  type SeizureDeps,
  startFingerprints,
} from '@tutela/investigator-desk';
import { actorOf } from '../config/actor.js';
import { endAs, printJson, type TutelaContext } from '../context.js';
import { accepted } from '../output/accepted.js';
import { startProgress } from '../output/progress.js';
import { formatFingerprints } from '../seize/format-fingerprints.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

/** Looks at every picture of a case that nobody has looked at yet, or goes on with it, until none is left. */
export default async function seizeFingerprint(
  this: TutelaContext,
  flags: DataFlags & { readonly json: boolean },
  caseRef: string,
): Promise<void> {
  const interruption = this.interruption();
  const status = await withWorkplace(this, flags, 'works', async ({ database: { db }, engine }) => {
    const deps: SeizureDeps = { db, engine, clock: systemClock };
    const progress = startProgress({ stream: this.process.stderr }, 'looking', 'pictures');
    const by = { by: actorOf(this.env), at: systemClock.now() };
    const status = await lookAtPictures(deps, caseRef, by, {
      onStatus: ({ done, contents }) => progress.update({ done, total: contents }),
      interruption,
    });
    progress.end();
    return status;
  });
  if (flags.json) printJson(this, { v: 1, ...status });
  else this.process.stdout.write(formatFingerprints(status));
  if (status.unitsLeft > 0 || status.stopped > 0) endAs(this, 'undecided');
}

/** Begins where nothing is under way, and waits until the last picture is looked at or somebody interrupts. */
export const lookAtPictures = async (
  deps: SeizureDeps,
  caseRef: string,
  by: Parameters<typeof startFingerprints>[2],
  {
    onStatus,
    interruption,
  }: { readonly onStatus?: (status: FingerprintStatus) => void; readonly interruption?: AbortSignal } = {},
): Promise<FingerprintStatus> => {
  const started = await startFingerprints(deps, caseRef, by);
  if (started.kind === 'refused' && started.reason.code !== 'under-way') accepted(started);
  for (;;) {
    const status = await readFingerprints(deps, caseRef);
    onStatus?.(status);
    if (status.run?.state !== 'running' || interruption?.aborted === true) return status;
    await sleep(250, undefined, { ...(interruption && { signal: interruption }) }).catch(() => undefined);
  }
};
