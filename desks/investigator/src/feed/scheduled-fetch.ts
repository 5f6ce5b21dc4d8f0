import type { JsonValue } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import type { Engine, Job, Queue, Workflow } from '@tutela/engine';
import type { FeedBook } from './feed-book.js';
import { nextFetchAt } from './next-fetch.js';
import { pullByName } from './pull-by-name.js';
import { giveUpTurn, obtainFeed } from './queries.js';
import type { PullDeps } from './read-feed.js';
import type { FeedTable } from './schema.js';

export interface SchedulingDeps extends PullDeps {
  readonly feeds: FeedBook;
  readonly engine: () => Pick<Engine, 'start' | 'status'>;
  readonly log: (line: string) => void;
}

/** Who fetched, in the ledger, where no person asked for it. */
const program = 'tutela';
const workflow = 'investigator.fetch-feed';
const queue = 'investigator.feeds';

export const feedQueues: readonly Queue[] = [{ name: queue, perProcess: 2 }];

export const feedWorkflows = (deps: SchedulingDeps): readonly Workflow[] => [
  { name: workflow, queue, run: (input) => runTurn(deps, input) },
];

/** The turn is part of the id: what many processes start for one turn is done once. */
const jobOf = (name: string, { feed_id, turn }: Pick<FeedTable, 'feed_id' | 'turn'>): Job => ({
  id: `investigator/feed/${feed_id}/${turn}`,
  workflow,
  input: { feed: name, turn },
});

const runTurn = async (deps: SchedulingDeps, input: JsonValue): Promise<void> => {
  const { feed, turn } = input as { readonly feed: string; readonly turn: number };
  const pulled = await pullByName(deps, { feed, turn, actor: program });
  if (pulled.kind === 'done') {
    const { refused } = pulled.value;
    const unread = refused.length === 1 ? '1 report' : `${refused.length} reports`;
    if (refused.length > 0) deps.log(`feed ${feed}: ${unread} could not be read`);
  } else if (pulled.reason.code !== 'feed-turn-past') {
    deps.log(`feed ${feed}: ${pulled.reason.message} (${pulled.reason.code})`);
  }
};

/** For the node's timer: starts a fetch of each feed that is due. Done twice, it is done once. */
export const sweepFeeds = async (deps: SchedulingDeps): Promise<void> => {
  const { db, clock, engine } = deps;
  for (const configured of await deps.feeds()) {
    if (configured.state !== 'ready' || configured.everyMinutes === 'never') continue;
    const feed = await obtainFeed(db, configured.address);
    const now = clock.now();
    const due = nextFetchAt(configured.everyMinutes, feed, now);
    if (due === null || Date.parse(due) > Date.parse(now)) continue;
    const job = jobOf(configured.name, feed);
    if (!endings.has(await engine().status(job.id))) await inTransaction(db, (tx) => engine().start(tx, job));
    // Its process did not have the feed's file, or another fetch was under way, or the database was gone.
    else await giveUpTurn(db, feed);
  }
};

const endings: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled']);
