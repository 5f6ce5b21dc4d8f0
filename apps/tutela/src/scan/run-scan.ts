import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform, ScanRequest, ScanTally, StartedScan } from '@tutela/platform-desk';
import { TutelaError } from '../tutela-error.js';
import type { OnceOutput } from './once-output.js';

export interface ScanDeps {
  readonly platform: Platform;
  /** Takes the lines of each batch, in order; opened when the scan is known. */
  readonly openOutput: (scan: string) => Promise<OnceOutput>;
  readonly onStart: (started: StartedScan) => void;
  readonly onProgress: (progress: { readonly done: number; readonly total?: number }) => void;
  /** Aborted when the person wants to stop; what is on record stays, and the scan can be resumed. */
  readonly interruption: AbortSignal;
}

export interface ScanEnd {
  readonly scan: string;
  readonly files: number;
  readonly bytes: number;
  readonly tally: ScanTally;
}

const pollMilliseconds = 100;
const restartEveryPolls = 100;
const patience = 3;

/** Walks, examines and writes out side by side, until the last line is written. */
export const runScan = async (deps: ScanDeps, request: ScanRequest): Promise<ScanEnd> => {
  const { platform } = deps;
  const started = await platform.startScan(request);
  const { scan, status } = started;
  deps.onStart(started);
  if (status === 'resumed') await platform.restartBatches(scan.id);
  const output = await deps.openOutput(scan.id);
  const walking = platform.walkScan(scan, () => stopWhenAsked(deps.interruption));
  const writing = writeOut(deps, scan.id, output);
  await Promise.all([walking, writing]);
  const ended = await platform.scanStatus(scan.id);
  const { files, bytes, tally } = ended.scan;
  if (tally === null) throw new TypeError(`scan ${scan.id} ended without a tally`);
  return { scan: scan.id, files, bytes, tally };
};

const writeOut = async (
  { platform, onProgress, interruption }: ScanDeps,
  id: string,
  output: OnceOutput,
): Promise<void> => {
  let restarts = 0;
  for (let poll = 1; ; poll++) {
    const { scan, examined, underWay } = await platform.scanStatus(id);
    onProgress({ done: examined.files + underWay, ...(scan.state === 'walking' ? {} : { total: scan.files }) });
    for (;;) {
      const lines = await platform.resultsOf(id, output.next());
      if (lines === undefined) break;
      stopWhenAsked(interruption);
      await output.write(lines);
    }
    if (scan.state === 'ended' && output.next() >= scan.batches) return;
    if (poll % restartEveryPolls === 0) restarts = await restart(platform, id, restarts);
    stopWhenAsked(interruption);
    await sleep(pollMilliseconds);
  }
};

/** A batch whose work broke off is begun again a few times; then a person has to know. */
const restart = async (platform: Platform, scan: string, before: number): Promise<number> => {
  const restarted = await platform.restartBatches(scan);
  if (restarted === 0) return before;
  if (before < patience) return before + 1;
  throw new TypeError(`${restarted} batch(es) of scan ${scan} broke off again and again: see the lines above`);
};

const stopWhenAsked = (interruption: AbortSignal): void => {
  if (!interruption.aborted) return;
  const advice =
    'What is queued goes on while Tutela runs elsewhere (npm start); the same command with --resume tells the rest.';
  throw new TutelaError('interrupted', 'Stopped here.', advice);
};
