import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, readConfig } from '../config/config.js';
import { endAs, type TutelaContext } from '../context.js';
import { openDemoTime } from '../demo/demo-time.js';
import { fileOtherReports } from '../demo/file-other-reports.js';
import { formatDemo, surprises } from '../demo/format-demo.js';
import { keepDemoPackage } from '../demo/keep-package.js';
import { moveDemoFeeds } from '../demo/refer-reports.js';
import { runDemo } from '../demo/run-demo.js';
import { claimForDemonstration, demonstrationConfig, demonstrationFolder } from '../demo/workspace.js';
import { type Node, openNode } from '../node/node.js';
import { formatError } from '../output/explain.js';
import type { DataFlags } from './flags.js';
import { lossOf } from './with-workplace.js';

export interface StartFlags extends DataFlags {
  readonly port?: string;
  readonly demo: boolean;
  readonly once: boolean;
}

/** What is opened: an installation, the demonstration beside it, or the demonstration for its table alone. */
type Opened =
  | { readonly kind: 'installation' | 'demonstration'; readonly config: Config }
  | { readonly kind: 'once'; readonly config: Config; readonly keepIn?: string };

/** Serves and works until it is told to end. */
export default async function start(this: TutelaContext, flags: StartFlags): Promise<void> {
  const given = readConfig(flags, this.env, this.folder);
  if (!flags.once) return run(this, await opened(flags, given));
  if (flags.data !== undefined) {
    await claimForDemonstration(given.dataFolder);
    return run(this, { kind: 'once', config: demonstrationConfig(given, given.dataFolder) });
  }
  // A demonstration that is run for its table alone must not stand among somebody's own cases.
  const apart = await mkdtemp(path.join(tmpdir(), 'tutela-once-'));
  try {
    await run(this, { kind: 'once', config: demonstrationConfig(given, apart), keepIn: given.dataFolder });
  } finally {
    await rm(apart, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

const opened = async ({ demo }: StartFlags, given: Config): Promise<Opened> => {
  if (!demo) return { kind: 'installation', config: given };
  const folder = demonstrationFolder(given);
  await claimForDemonstration(folder);
  return { kind: 'demonstration', config: demonstrationConfig(given, folder) };
};

const run = async (context: TutelaContext, opened: Opened): Promise<void> => {
  const { kind, config } = opened;
  const interruption = context.interruption();
  const loss = new AbortController();
  const onLost = (cause: Error): void => loss.abort(lossOf(cause));
  const node = await openNode({ config, log: context.log, onLost });
  const closeTime = kind === 'demonstration' ? await openDemoTime(node.workplace) : undefined;
  const ending = AbortSignal.any([interruption, loss.signal]);
  const told = ending.aborted ? Promise.resolve() : once(ending, 'abort');
  try {
    if (kind === 'once') await Promise.race([demonstrate(context, node, opened.keepIn), told]);
    else {
      announce(context, node, kind);
      if (kind === 'demonstration') {
        void demonstrateOnFirstStart(context, node).catch((error: unknown) => {
          // What breaks off because we end is no news.
          if (!ending.aborted) context.log(formatError(error, context.env));
        });
      }
      await told;
    }
  } finally {
    // Without its database nothing can be closed in good order.
    if (!loss.signal.aborted) await node.close();
    await closeTime?.();
  }
  if (loss.signal.aborted) throw loss.signal.reason;
  if (kind === 'once' && interruption.aborted) endAs(context, 'interrupted');
};

const announce = (
  context: TutelaContext,
  { origin, workplace }: Node,
  kind: 'installation' | 'demonstration',
): void => {
  // Behind `#` the key is sent to nobody and stands in no log.
  context.process.stdout.write(`${origin}/#key=${workplace.secrets.operatorKey}\n`);
  context.log(
    'Tutela runs. The address above holds the key of this installation: open it, and keep it. Ctrl-C ends it.',
  );
  if (kind === 'demonstration') {
    context.log(`It is the demonstration, in ${workplace.config.dataFolder}. Your own data: npm start -- --no-demo`);
  }
};

/**
 * The demonstration from end to end, as a table; `refuted` when anything came out otherwise than it had to.
 * @param keepIn data folder that its package is put into, when its own goes away with it
 */
const demonstrate = async (context: TutelaContext, node: Node, keepIn: string | undefined): Promise<void> => {
  const made = await runDemo(node, context.log);
  const result =
    keepIn === undefined || made.package === undefined
      ? made
      : { ...made, package: await keepDemoPackage(made.package, path.join(keepIn, 'once')) };
  context.process.stdout.write(formatDemo(result));
  if (surprises(result).length > 0) endAs(context, 'refuted');
};

const demonstrateOnFirstStart = async (context: TutelaContext, node: Node): Promise<void> => {
  await moveDemoFeeds(node);
  const done = path.join(node.workplace.config.dataFolder, 'demonstration.done');
  if ((await stat(done).catch(() => undefined)) !== undefined) return;
  const result = await runDemo(node, context.log);
  await fileOtherReports(node, context.log);
  await writeFile(done, formatDemo(result));
  context.log(surprises(result).join('\n') || 'demonstration: done, everything as expected; the page shows it');
};
