import type {
  Effect,
  HeldReport,
  Opening,
  Report,
  ReporterId,
  ReportNumber,
  ReportState,
  ReportStore,
} from '@tutela/cybertip';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvent, appendEvents } from '@tutela/ledger/postgres';
import type { Compartment } from '@tutela/vault';
import { ClearinghouseError } from './clearinghouse-error.js';
import { authenticate } from './credentials.js';
import { changedEvent, locatedEvent, openedEvent } from './events.js';
import { type LocationData, locationOf } from './location/location.js';
import {
  deleteContent,
  endReport,
  findFile,
  finishReport,
  heldFile,
  insertFile,
  insertFileDetails,
  insertReport,
  lockReport,
  missingReports,
  readSubmission,
} from './queries/filing.js';
import { type FileRow, listFiles } from './queries/listing.js';
import { laneAtOnce } from './triage/judge.js';
import type { VersionedPolicy } from './triage/policy.js';

export interface StoreDeps {
  readonly db: Db;
  readonly vault: Compartment;
  readonly location: LocationData;
  readonly policy: VersionedPolicy;
  /** Called after a report was finished for good. */
  readonly finished?: () => void;
}

/** Reports in PostgreSQL and their files in the vault. Each change and its ledger events are one transaction. */
export const openReportStore = (deps: StoreDeps): ReportStore => ({
  authenticate: (username, password) => authenticate(deps.db, username, password),
  open: (opening) => inTransaction(deps.db, (tx) => open(tx, opening)),
  missing: (numbers) => missingReports(deps.db, numbers),
  receive: async (bytes) => {
    const { sha256, size, md5 } = await deps.vault.put(bytes, { also: ['md5'] });
    if (md5 === undefined) throw new TypeError('the vault gave no MD5');
    return { sha256, size, md5 };
  },
  change: async (reporter, reportNumber, act) => {
    let finished: 'yes' | 'no' = 'no';
    const answer = await inTransaction(deps.db, async (tx) => {
      finished = 'no';
      const held = await hold(tx, reporter.id, reportNumber, deps);
      return await act({
        ...held,
        apply: async (effect) => {
          await held.apply(effect);
          if (effect.kind === 'finish') finished = 'yes';
        },
      });
    });
    if (finished === ('yes' as 'yes' | 'no')) deps.finished?.();
    return answer;
  },
});

const open = async (tx: Tx, opening: Opening): Promise<ReportNumber> => {
  const reportNumber = await insertReport(tx, opening);
  await appendEvent(tx, openedEvent(reportNumber, opening));
  return reportNumber;
};

/** A report that is whole at once: opened and finished in the caller's transaction, and triaged like any other. */
export const fileAtOnce = async (
  tx: Tx,
  opening: Opening,
  deps: Pick<StoreDeps, 'location' | 'policy'>,
): Promise<ReportNumber> => {
  const reportNumber = await open(tx, opening);
  const finish = { kind: 'finish', files: [], at: opening.at } as const;
  const whole = { report: async () => opening.report, files: async () => [] };
  await applyEffect(tx, opening.reporter.id, reportNumber, finish, { ...deps, ...whole });
  return reportNumber;
};

/** What a report holds, read once at most. */
interface Whole {
  readonly report: () => Promise<Report>;
  readonly files: () => Promise<readonly FileRow[]>;
}

const hold = async (tx: Tx, reporter: ReporterId, reportNumber: ReportNumber, deps: StoreDeps): Promise<HeldReport> => {
  const row = await lockReport(tx, reportNumber);
  const own = row?.reporter_id === reporter ? row : undefined;
  const report = once(() => content(tx, reportNumber));
  const files = once(() => listFiles(tx, reportNumber));
  return {
    state: own && stateOf(own),
    report,
    file: (fileId) => findFile(tx, reportNumber, fileId),
    files: async () => (await files()).map(heldFile),
    apply: (effect) => applyEffect(tx, reporter, reportNumber, effect, { ...deps, report, files }),
  };
};

/** Locked, the report stays as it is until an effect is applied, and that is the last thing done to it. */
const once = <T>(read: () => Promise<T>): (() => Promise<T>) => {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
};

export const stateOf = (row: NonNullable<Awaited<ReturnType<typeof lockReport>>>): ReportState => {
  if (row.state === 'open') {
    const { opened_at: openedAt, last_added_at: lastAddedAt } = row;
    return { kind: 'open', openedAt, ...(lastAddedAt === null ? {} : { lastAddedAt }) };
  }
  return { kind: row.state, at: row.ended_at ?? row.opened_at };
};

const content = async (tx: Tx, reportNumber: ReportNumber) => {
  const report = await readSubmission(tx, reportNumber);
  if (report === undefined) throw new ClearinghouseError('report-without-content', `report ${reportNumber} is empty`);
  return report;
};

/** Stores an effect with its event; finishing finds the country and asks for triage in the same transaction. */
const applyEffect = async (
  tx: Tx,
  reporter: ReporterId,
  reportNumber: ReportNumber,
  effect: Effect,
  deps: Pick<StoreDeps, 'location' | 'policy'> & Whole,
): Promise<void> => {
  switch (effect.kind) {
    case 'add-file':
      await insertFile(tx, reportNumber, effect);
      await appendEvent(tx, changedEvent(reportNumber, reporter, effect, []));
      return;
    case 'describe-file':
      await insertFileDetails(tx, reportNumber, effect);
      await appendEvent(tx, changedEvent(reportNumber, reporter, effect, []));
      return;
    case 'finish':
      await settle(tx, reporter, reportNumber, effect, deps);
      return;
    case 'retract':
    case 'expire':
      await endUnfinished(tx, reporter, reportNumber, effect);
  }
};

/** What the reporter sent goes; that there was a report stays. */
export const endUnfinished = async (
  tx: Tx,
  reporter: ReporterId,
  reportNumber: ReportNumber,
  effect: Extract<Effect, { readonly kind: 'retract' | 'expire' }>,
): Promise<void> => {
  const held = (await listFiles(tx, reportNumber)).map(heldFile);
  await endReport(tx, reportNumber, effect.kind === 'retract' ? 'retracted' : 'expired', effect.at);
  await deleteContent(tx, reportNumber);
  await appendEvent(tx, changedEvent(reportNumber, reporter, effect, held));
};

const settle = async (
  tx: Tx,
  reporter: ReporterId,
  reportNumber: ReportNumber,
  effect: Effect,
  { location: data, policy, ...whole }: Pick<StoreDeps, 'location' | 'policy'> & Whole,
): Promise<void> => {
  const report = await whole.report();
  const files = (await whole.files()).map(({ details }) => details ?? undefined);
  const location = locationOf(
    report,
    files.flatMap((details) => details ?? []),
    data,
  );
  const lane = laneAtOnce({ report, files, finishedAt: effect.at, earlierReports: 0 }, policy);
  await finishReport(tx, reportNumber, { location, lane, at: effect.at });
  await appendEvents(tx, [
    changedEvent(reportNumber, reporter, effect, []),
    locatedEvent(reportNumber, location, effect.at),
  ]);
};
