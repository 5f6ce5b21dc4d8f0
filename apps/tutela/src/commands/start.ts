import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, readConfig } from '../config/config.js';
import { ownPlaces } from '../config/vault-places.js';
import { endAs, type TutelaContext } from '../context.js';
import { formatDemo, surprises } from '../demo/format-demo.js';
import { keepDemoPackage } from '../demo/keep-package.js';
import { runDemo } from '../demo/run-demo.js';
import { type Node, openNode } from '../node/node.js';
import { formatError } from '../output/explain.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { lossOf } from './with-workplace.js';

export interface StartFlags extends DataFlags {
  readonly port?: string;
  readonly demo: boolean;
  readonly once: boolean;
}

/** Serves and works until it is told to end. */
export default async function start(this: TutelaContext, flags: StartFlags): Promise<void> {
  const given = readConfig(flags, this.env, this.folder);
  // A demonstration that is run for its table alone must not stand among somebody's own cases.
  const apart = flags.once && flags.data === undefined ? await mkdtemp(path.join(tmpdir(), 'tutela-once-')) : undefined;
  const config =
    apart === undefined ? given : { ...given, ...ownPlaces(apart), databaseUrl: undefined, witnesses: undefined };
  try {
    await run(this, flags, config, apart === undefined ? undefined : given.dataFolder);
  } finally {
    if (apart !== undefined) await rm(apart, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

const run = async (
  context: TutelaContext,
  flags: StartFlags,
  config: Config,
  keepIn: string | undefined,
): Promise<void> => {
  const interruption = context.interruption();
  const loss = new AbortController();
  const onLost = (cause: Error): void => loss.abort(lossOf(cause));
  const node = await openNode({ config, log: context.log, onLost });
  const ending = AbortSignal.any([interruption, loss.signal]);
  const told = ending.aborted ? Promise.resolve() : once(ending, 'abort');
  try {
    if (flags.once) await Promise.race([demonstrate(context, node, keepIn), told]);
    else {
      announce(context, node);
      if (flags.demo) {
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
  }
  if (loss.signal.aborted) throw loss.signal.reason;
  if (flags.once && interruption.aborted) endAs(context, 'interrupted');
};

const announce = (context: TutelaContext, { origin, workplace }: Node): void => {
  // Behind `#` the key is sent to nobody and stands in no log.
  context.process.stdout.write(`${origin}/#key=${workplace.secrets.operatorKey}\n`);
  context.log(
    'Tutela runs. The address above holds the key of this installation: open it, and keep it. Ctrl-C ends it.',
  );
};

/**
 * The demonstration from end to end, as a table; `refuted` when anything came out otherwise than it had to.
 * @param keepIn data folder that its package is put into, when its own goes away with it
 */
const demonstrate = async (context: TutelaContext, node: Node, keepIn: string | undefined): Promise<void> => {
  if (node.workplace.config.reportsTo !== undefined) {
    const advice = 'Leave TUTELA_REPORTS_TO out, and use --data for a folder of its own.';
    throw new TutelaError('usage', 'A demonstration never files at somebody else’s clearinghouse.', advice);
  }
  const made = await runDemo(node, 'invented', context.log);
  const result =
    keepIn === undefined || made.package === undefined
      ? made
      : { ...made, package: await keepDemoPackage(made.package, path.join(keepIn, 'once')) };
  context.process.stdout.write(formatDemo(result));
  if (surprises(result).length > 0) endAs(context, 'refuted');
};

const demonstrateOnFirstStart = async (context: TutelaContext, node: Node): Promise<void> => {
  const { dataFolder, reportsTo } = node.workplace.config;
  if (reportsTo !== undefined) return;
  const done = path.join(dataFolder, 'demonstration.done');
  if ((await stat(done).catch(() => undefined)) !== undefined) return;
  const result = await runDemo(node, 'none', context.log);
  await writeFile(done, formatDemo(result));
  context.log(surprises(result).join('\n') || 'demonstration: done, everything as expected; the page shows it');
};
