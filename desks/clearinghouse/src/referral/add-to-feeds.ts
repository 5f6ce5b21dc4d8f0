import { groupBy, newId, toInstant, type UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import type { NewEvent } from '@tutela/ledger/postgres';
import type { Authority } from '../authority-registry/queries.js';
import { routingProgram } from './plan-route.js';
import { appendEntries, type NewEntry } from './queries/feed-entries.js';
import { queueNotice } from './queries/notices.js';
import type { NoticeId } from './schema.js';
import { authoritySubject, written } from './tell.js';

/** What is new for an authority within this time goes into one mail; urgent news go at once. */
const gatherMs = 5 * 60_000;

/**
 * Adds to authorities' feeds, and queues the notice that something is there for those who do not look of their own accord.
 * @returns the events of the notices, for the caller to append with its own
 */
export const addToFeeds = async (
  tx: Tx,
  entries: readonly NewEntry[],
  { authorities, at }: { readonly authorities: readonly Authority[]; readonly at: UtcInstant },
): Promise<readonly NewEvent[]> => {
  const appended = await appendEntries(tx, entries, at);
  const byAuthority = groupBy(entries, ({ authority_id }) => authority_id);
  const events: NewEvent[] = [];
  for (const { authority_id, first, last } of appended) {
    const channel = authorities.find((one) => one.authority_id === authority_id)?.channel;
    if (channel !== 'email' && channel !== 'post') continue;
    const own = byAuthority.get(authority_id) ?? [];
    const urgent = own.filter(({ lane }) => lane === 'crisis').length;
    const notice_id = await queueNotice(tx, {
      notice_id: newId<NoticeId>(),
      authority_id,
      channel,
      first_position: first,
      last_position: last,
      referrals: own.length,
      urgent,
      queued_at: at,
      next_at: urgent > 0 ? at : toInstant(new Date(Date.parse(at) + gatherMs)),
    });
    events.push({
      type: 'clearinghouse.notice-queued',
      actor: routingProgram,
      at,
      subjects: [authoritySubject(authority_id)],
      payload: { channel, referrals: own.length, urgent, lastPosition: last },
      effects: [written('notice', { notice_id })],
    });
  }
  return events;
};
