import type { FeedStanding } from '@tutela/investigator-desk';
import { formatEvery } from '../config/fetch-every.js';
import type { TutelaContext } from '../context.js';
import { feedTrouble } from '../output/feed-trouble.js';
import { printable } from '../output/printable.js';
import { printRows } from '../output/rows.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

/** When each feed was and will be fetched from; below, what stands against it and what to do. Never a credential. */
export default async function listFeeds(this: TutelaContext, flags: DataFlags & OutputFlags): Promise<void> {
  const { standings, now } = await withWorkplace(this, flags, 'reads', async ({ desks }) => ({
    standings: await desks.investigator.feedStandings(),
    now: Date.now(),
  }));
  const naming = { name: 'feeds', empty: 'No feed is configured: tutela referral add-feed.' };
  printRows<FeedStanding>(this, flags, naming, standings, [
    { heading: 'feed', of: ({ name }) => name },
    { heading: 'clearinghouse', of: ({ clearinghouse }) => clearinghouse ?? '—' },
    { heading: 'authority', of: ({ authority }) => authority ?? '—' },
    { heading: 'every', of: ({ everyMinutes }) => (everyMinutes === null ? '—' : formatEvery(everyMinutes)) },
    { heading: 'last fetched', of: ({ fetchedAt }) => fetchedAt ?? 'never' },
    { heading: 'next', of: ({ nextAt }) => nextOf(nextAt, now) },
    { heading: 'state', of: ({ state, fault }) => (fault === null ? state : fault.code) },
  ]);
  if (flags.json || flags.jsonl) return;
  for (const line of standings.flatMap(linesOf)) this.process.stdout.write(`${line}\n`);
}

const nextOf = (at: string | null, now: number): string => {
  if (at === null) return 'when asked for';
  return Date.parse(at) <= now ? 'at once' : at;
};

const linesOf = ({ name, state, fault, unread }: FeedStanding): readonly string[] => [
  ...(state === 'ready' ? [] : [`${name}: ${feedTrouble(`feed-${state}`)}`]),
  ...(fault === null
    ? []
    : [
        `${name}: ${feedTrouble(fault.code)} ${told(fault.message)}Failed ${fault.times === 1 ? 'once' : `${fault.times} times in a row`}, last at ${fault.at}.`,
      ]),
  ...unread.map(
    (one) => `${name}: report ${one.reportNumber} could not be read (${printable(one.message)}); ${unreadAdvice}`,
  ),
];

const told = (message: string): string => (message === '' ? '' : `It said: ${printable(message)}. `);
const unreadAdvice = 'the clearinghouse was not told that it arrived: ask it for the report again.';
