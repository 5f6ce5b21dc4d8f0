import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Clock, done, failed, type Outcome } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import type { FeedClient, FeedEntry, FeedFault } from '@tutela/feed';
import type { ImportDeps, ImportRefusal } from '../import/import-report.js';
import { importReport } from '../import/import-report.js';
import { changePulled, forgetUnread, movePosition, noteUnread, pulledOf } from './queries.js';
import { recordChange, recordPulled } from './record-pulled.js';
import type { FeedId } from './schema.js';

export interface Pulled {
  readonly referrals: number;
  /** Reports that were not here before. */
  readonly imported: number;
  readonly reports: number;
  readonly withdrawn: number;
  /** What was fetched and could not be imported; the feed goes on after it. */
  readonly refused: readonly { readonly reportNumber: string; readonly message: string }[];
  readonly position: number;
}

export type PullFault = FeedFault | 'broken-off';

export interface PullDeps extends ImportDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const pageSize = 100;

/**
 * Reads what a clearinghouse has for this authority, in order, and imports it as any delivery. Each referral is
 * acknowledged once all of its reports are here. What breaks off is gone on with by the next: what is here is not fetched
 * again, and a report that comes twice is one (test: "a pull that breaks off goes on where it was").
 */
export const readFeed = async (deps: Pulling, from: number): Promise<Outcome<Pulled, PullFault>> => {
  const { client, feedId } = deps;
  const total = { referrals: 0, imported: 0, reports: 0, withdrawn: 0, refused: [] as Pulled['refused'][number][] };
  for (let position = from; ; ) {
    const page = await client.list(position, pageSize);
    if (page.kind !== 'done') return page;
    for (const entry of page.value.entries) {
      const dealt = await dealWith(deps, entry);
      if (dealt.kind !== 'done') return dealt;
      const { referrals, imported, reports, withdrawn, refused } = dealt.value;
      total.referrals += referrals;
      total.imported += imported;
      total.reports += reports;
      total.withdrawn += withdrawn;
      total.refused.push(...refused);
      position = entry.position;
      await movePosition(deps.db, feedId, position);
    }
    if (page.value.entries.length < pageSize) return done({ ...total, position });
  }
};

export interface Pulling extends PullDeps {
  readonly client: FeedClient;
  readonly feedId: FeedId;
  readonly actor: string;
}

type Dealt = Omit<Pulled, 'position'>;
const nothingDone: Dealt = { referrals: 0, imported: 0, reports: 0, withdrawn: 0, refused: [] };

const dealWith = async (deps: Pulling, { change, referral }: FeedEntry): Promise<Outcome<Dealt, PullFault>> => {
  const which = { feedId: deps.feedId, referralId: referral.referralId };
  switch (change) {
    case 'made':
    case 'restored':
      return await fetchReferral(deps, referral.referralId);
    case 'relabelled': {
      const { label, lane } = referral;
      await inTransaction(deps.db, (tx) => changePulled(tx, which, { label, lane }));
      return done(nothingDone);
    }
    case 'recalled':
    case 'superseded':
      await forgetUnread(deps.db, which);
      return done({ ...nothingDone, withdrawn: await recordChange(deps, { ...which, change }) });
  }
};

const fetchReferral = async (deps: Pulling, referralId: string): Promise<Outcome<Dealt, PullFault>> => {
  const { client, feedId } = deps;
  const read = await client.read(referralId);
  if (read.kind !== 'done') return read;
  // The entry that says so comes later.
  if (read.value.state === 'recalled' || read.value.state === 'superseded') return done(nothingDone);
  const here = await pulledOf(deps.db, { feedId, referralId });
  const missing = read.value.reportNumbers.filter((n) => !here.some(({ report_number }) => report_number === n));
  await recordChange(deps, { referralId, change: 'restored' });
  let imported = 0;
  const refused: Pulled['refused'][number][] = [];
  for (const reportNumber of missing) {
    const fetched = await fetchReport(deps, { referralId, reportNumber });
    if (fetched.kind !== 'done') {
      if (fetched.reason.code === 'recalled') return done(nothingDone);
      if (!isFault(fetched.reason.code)) {
        const { message } = fetched.reason;
        refused.push({ reportNumber, message });
        await noteUnread(deps.db, {
          feed_id: feedId,
          referral_id: referralId,
          report_number: reportNumber,
          message,
          tried_at: deps.clock.now(),
        });
        continue;
      }
      return failed(fetched.reason.code, fetched.reason.message);
    }
    const { label, lane } = read.value;
    await recordPulled(deps, { referralId, reportNumber, reportId: fetched.value.reportId, label, lane });
    if (fetched.value.status !== 'already-there') imported += 1;
  }
  const acknowledged = refused.length === 0 ? await client.acknowledge(referralId, {}) : undefined;
  if (acknowledged?.kind === 'failed') return acknowledged;
  return done({ ...nothingDone, referrals: 1, imported, reports: missing.length - refused.length, refused });
};

const isFault = (code: PullFault | ImportRefusal): code is PullFault =>
  code === 'unreachable' || code === 'credential-refused' || code === 'turned-down' || code === 'broken-off';

/** As a ZIP in a folder of its own, gone again once it is imported. */
const fetchReport = async (
  deps: Pulling,
  { referralId, reportNumber }: { readonly referralId: string; readonly reportNumber: string },
) => {
  const answer = await deps.client.download(referralId, reportNumber, 'zip');
  if (answer.kind !== 'done') return answer;
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-pull-'));
  try {
    const file = path.join(folder, `report-${reportNumber}.zip`);
    const written = await pipeline(Readable.from(answer.value), createWriteStream(file, { mode: 0o600 })).then(
      () => 'whole' as const,
      () => 'broken-off' as const,
    );
    if (written === 'broken-off') return failed('broken-off', `report ${reportNumber} broke off on its way`);
    return await importReport(deps, { path: file, actor: deps.actor });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
