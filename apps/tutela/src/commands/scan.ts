import { closeSync, openSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { PlatformError, type ScanRequest } from '@tutela/platform-desk';
import { actorOf } from '../config/actor.js';
import { endAs, type TutelaContext } from '../context.js';
import { type Progress, startProgress } from '../output/progress.js';
import { formatScan } from '../scan/format-scan.js';
import { openOnceOutput } from '../scan/once-output.js';
import { collectedOutput, jsonOutput, type ScanOutput } from '../scan/output-forms.js';
import { runScan, type ScanDeps, type ScanEnd } from '../scan/run-scan.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ScanFlags extends DataFlags, OutputFlags {
  readonly list: string;
  readonly threshold: number;
  readonly accounts: 'none' | 'by-folder';
  readonly resume: boolean;
  readonly output?: string;
}

/** Examines a folder against a list; ends as `undecided` when any file could not be judged. */
export default async function scan(this: TutelaContext, flags: ScanFlags, folder: string): Promise<void> {
  const { list, threshold, accounts, resume } = flags;
  const root = await folderOf(path.resolve(this.folder, folder));
  const ifUnfinished = resume ? 'resume' : 'start-anew';
  const request: ScanRequest = { root, list, threshold, accounts, actor: actorOf(this.env), ifUnfinished };
  const interruption = this.interruption();
  const end = await withWorkplace(this, flags, 'works', async ({ desks }) => {
    const output = chosenOutput(this, flags, desks.platform);
    let progress: Progress | undefined;
    const onStart: ScanDeps['onStart'] = ({ scan: { id }, status, hashes }) => {
      this.log(`scan ${id} ${status}${resume && status === 'started' ? ': there was none to resume' : ''}`);
      if (hashes.pdq === 0) this.log(`${list} has no PDQ hashes: only identical files are found, no edited copies.`);
      progress = startProgress({ stream: this.process.stderr }, 'scan', 'files');
    };
    const onProgress: ScanDeps['onProgress'] = (tally) => progress?.update(tally);
    const deps = { platform: desks.platform, openOutput: output.open, onStart, onProgress, interruption };
    const ended = await runScan(deps, request)
      .catch((error: unknown) => {
        throw explained(error, list);
      })
      .finally(() => progress?.end());
    output.end(ended);
    return ended;
  });
  if (end.tally.undecided + end.tally.failed > 0) endAs(this, 'undecided');
}

const chosenOutput = (
  context: TutelaContext,
  flags: ScanFlags,
  store: Parameters<typeof openOnceOutput>[0] & ScanDeps['platform'],
): ScanOutput => {
  const print = (text: string): void => void context.process.stdout.write(text);
  if (flags.jsonl || flags.output !== undefined) {
    const fd = flags.output === undefined ? 1 : openOutput(path.resolve(context.folder, flags.output));
    const open: ScanDeps['openOutput'] = (scan) =>
      openOnceOutput(store, scan, fd, (ordinal) => store.resultsOf(scan, ordinal));
    return { open, end: () => (fd === 1 ? undefined : closeSync(fd)) };
  }
  if (flags.json) return jsonOutput(store, print);
  return collectedOutput(store, (records, end: ScanEnd) => print(formatScan(records, end)));
};

const openOutput = (file: string): number => {
  try {
    return openSync(file, 'a', 0o600);
  } catch (cause) {
    throw new TutelaError('unreadable', `${file} cannot be written.`, 'Name a file in a folder that is there.', {
      cause,
    });
  }
};

const folderOf = async (folder: string): Promise<Buffer> => {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return Buffer.from(await realpath(folder));
  const what = found === undefined ? 'There is no such folder' : 'This is no folder';
  throw new TutelaError('unreadable', `${what}: ${folder}`, 'Name a folder; everything below it is examined.');
};

const explained = (error: unknown, list: string): unknown => {
  if (!(error instanceof PlatformError) || error.code !== 'no-such-list') return error;
  const advice = `tutela list show names the lists; tutela list import FILE --name ${list} makes one.`;
  return new TutelaError('usage', error.message, advice, { cause: error });
};
