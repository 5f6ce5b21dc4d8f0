import { groupBy, parseInstant, toInstant, type UtcInstant } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import {
  type ExchangeEntry,
  exchangeTime,
  type FingerprintType,
  fingerprintTypes,
  formatQueryResult,
  type LargeType,
  type Opinion,
  type SharedEntry,
} from '@tutela/hashlist';
import { feedbackReasons } from '../categories.js';
import { servedOf } from '../curate/new-entry.js';
import type { ListDeps } from '../deps.js';
import {
  feedbackOn,
  type GivenFeedback,
  lastOrdinal,
  notePoll,
  readWindow,
  type ServedEntry,
} from '../queries/serving.js';
import { awaitChanges } from '../queries/tables.js';
import type { Subscriber } from './admission.js';

export interface AskedWindow {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly start?: string | undefined;
  readonly size?: string | undefined;
  readonly max?: string | undefined;
}

const pageSize = 1000;

/** One page of a window as XML; `undefined` when what was asked is no window. */
export const entriesPage = async (
  deps: ListDeps,
  { list, member }: Subscriber,
  asked: AskedWindow,
): Promise<string | undefined> => {
  const now = deps.clock.now();
  const from = momentOf(asked.from, '1970-01-01T00:00:00.000Z' as UtcInstant);
  const to = momentOf(asked.to, now);
  const [start, size] = [numberOf(asked.start, 1), Math.min(pageSize, numberOf(asked.size, pageSize))];
  if (from === undefined || to === undefined || !(start >= 1) || !(size >= 1)) return undefined;
  const window = { list, member, from, to, start, size };
  return await inTransaction(deps.db, async (tx) => {
    await awaitChanges(tx, list);
    const rows = await readWindow(tx, { ...window, size: size + 1 });
    const given = groupBy(
      await feedbackOn(
        tx,
        rows.map(({ entry_id }) => entry_id),
      ),
      ({ entry_id }) => entry_id,
    );
    const entries = rows.slice(0, size).map((row) => entryOf(row, given.get(row.entry_id) ?? []));
    const following = rows[size];
    await notePoll(tx, window, now);
    if (following === undefined) return formatQueryResult({ entries });
    const max = asked.max ?? String(await lastOrdinal(tx, window));
    const next = { from: asked.from ?? from, to: asked.to ?? to, start: String(following.ordinal), size: String(size) };
    const query = new URLSearchParams({ ...next, max });
    return formatQueryResult({ entries, next: `/v2/entries?${query.toString()}` });
  });
};

const entryOf = (row: ServedEntry, given: readonly GivenFeedback[]): ExchangeEntry => {
  const { media, entry_id: id } = row;
  const facts = { media, id, member: { id: row.submitter_id, name: row.submitter }, timestamp: timeOf(row.changed_at) };
  if (row.state === 'withdrawn') return { kind: 'deleted', ...facts };
  const large = (Object.keys(row.large) as LargeType[]).map((type) => [
    type,
    `/v2/entries/${row.submitter_id}/${id}/fingerprints/${type}`,
  ]);
  return {
    kind: 'shared',
    ...facts,
    ...(row.classification === null ? {} : { classification: row.classification }),
    fingerprints: servedOf(row.fingerprints),
    large: Object.fromEntries(large),
    ...(given.length === 0 ? {} : { feedback: feedbackOf(given) }),
  };
};

const feedbackOf = (given: readonly GivenFeedback[]): NonNullable<SharedEntry['feedback']> => ({
  lastUpdate: timeOf(
    given
      .map(({ given_at }) => given_at)
      .sort()
      .at(-1) as UtcInstant,
  ),
  opinions: fingerprintTypes.flatMap((type) => {
    const own = given.filter(({ fingerprint_type }) => fingerprint_type === type);
    return own.length === 0 ? [] : [opinionOf(type, own)];
  }),
});

const opinionOf = (type: FingerprintType, given: readonly GivenFeedback[]): Opinion => ({
  type,
  affirmative: given.filter(({ verdict }) => verdict === 'affirmative').map(memberOf),
  negative: feedbackReasons.flatMap((reason) => {
    const members = given.filter(({ reasons }) => reasons.includes(reason.guid)).map(memberOf);
    return members.length === 0 ? [] : [{ reason, members }];
  }),
});

const memberOf = ({ member_id, name }: GivenFeedback) => ({ id: member_id, name });

const timeOf = (at: UtcInstant): string => exchangeTime(Date.parse(at));

/** Clients write a moment with and without milliseconds. */
const momentOf = (text: string | undefined, otherwise: UtcInstant): UtcInstant | undefined => {
  if (text === undefined) return otherwise;
  const moment = parseInstant(text);
  return moment && toInstant(new Date(moment));
};

const numberOf = (text: string | undefined, otherwise: number): number =>
  text === undefined ? otherwise : /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
