import type { Effect, HeldReport, Opening, ReporterId, ReportNumber, ReportState, ReportStore } from '@tutela/cybertip';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvent, appendEvents } from '@tutela/ledger/postgres';
import type { RangeData } from '@tutela/ranges';
import type { Compartment } from '@tutela/vault';
import { ClearinghouseError } from './clearinghouse-error.js';
import { authenticate } from './credentials.js';
import { changedEvent, locatedEvent, openedEvent } from './events.js';
import { locationOf } from './location/location.js';
import {
  deleteContent,
  endReport,
  findFile,
  heldFile,
  insertFile,
  insertFileDetails,
  insertLocation,
  insertReport,
  lockReport,
  missingReports,
  noteAddition,
  queueForTriage,
  readSubmission,
} from './queries/filing.js';
import { listFiles } from './queries/listing.js';

export interface StoreDeps {
  readonly db: Db;
  readonly vault: Compartment;
  /** Address ranges by country; absent: only what a report states decides. */
  readonly ranges?: RangeData | undefined;
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
  change: (reporter, reportNumber, act) =>
    inTransaction(deps.db, async (tx) => await act(await hold(tx, reporter.id, reportNumber, deps))),
});

const open = async (tx: Tx, opening: Opening): Promise<ReportNumber> => {
  const reportNumber = await insertReport(tx, opening);
  await appendEvent(tx, openedEvent(reportNumber, opening));
  return reportNumber;
};

const hold = async (tx: Tx, reporter: ReporterId, reportNumber: ReportNumber, deps: StoreDeps): Promise<HeldReport> => {
  const row = await lockReport(tx, reportNumber);
  const own = row?.reporter_id === reporter ? row : undefined;
  return {
    state: own && stateOf(own),
    report: () => content(tx, reportNumber),
    file: (fileId) => findFile(tx, reportNumber, fileId),
    files: async () => (await listFiles(tx, reportNumber)).map(heldFile),
    apply: (effect) => applyEffect(tx, reporter, reportNumber, effect, deps),
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
export const applyEffect = async (
  tx: Tx,
  reporter: ReporterId,
  reportNumber: ReportNumber,
  effect: Effect,
  deps: Pick<StoreDeps, 'ranges'>,
): Promise<void> => {
  switch (effect.kind) {
    case 'add-file':
      await insertFile(tx, reportNumber, effect);
      await noteAddition(tx, reportNumber, effect.at);
      await appendEvent(tx, changedEvent(reportNumber, reporter, effect, []));
      return;
    case 'describe-file':
      await insertFileDetails(tx, effect.details, effect.document, effect.at);
      await noteAddition(tx, reportNumber, effect.at);
      await appendEvent(tx, changedEvent(reportNumber, reporter, effect, []));
      return;
    case 'finish':
      await endReport(tx, reportNumber, 'finished', effect.at);
      await settle(tx, reporter, reportNumber, effect, deps);
      return;
    case 'retract':
    case 'expire': {
      const held = (await listFiles(tx, reportNumber)).map(heldFile);
      await endReport(tx, reportNumber, effect.kind === 'retract' ? 'retracted' : 'expired', effect.at);
      await deleteContent(tx, reportNumber);
      await appendEvent(tx, changedEvent(reportNumber, reporter, effect, held));
    }
  }
};

const settle = async (
  tx: Tx,
  reporter: ReporterId,
  reportNumber: ReportNumber,
  effect: Effect,
  { ranges }: Pick<StoreDeps, 'ranges'>,
): Promise<void> => {
  const files = (await listFiles(tx, reportNumber)).flatMap(({ details }) => details ?? []);
  const location = locationOf(await content(tx, reportNumber), files, ranges);
  await insertLocation(tx, reportNumber, location, effect.at);
  await queueForTriage(tx, { report_number: reportNumber, lane: 'normal', queued_at: effect.at });
  await appendEvents(tx, [
    changedEvent(reportNumber, reporter, effect, []),
    locatedEvent(reportNumber, location, effect.at),
  ]);
};
