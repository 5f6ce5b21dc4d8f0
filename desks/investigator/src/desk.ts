import { type Clock, done, type JsonObject, type Outcome, systemClock } from '@tutela/core';
import type { Db, MigrationSet } from '@tutela/db';
import type { Engine, Queue, Workflow } from '@tutela/engine';
import type { FeedAddress } from '@tutela/feed';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { RangeData } from '@tutela/ranges';
import type { Compartment } from '@tutela/vault';
import type { FastifyPluginAsync } from 'fastify';
import { archiveCoveredTables } from './archive/units.js';
import { caseCoveredTables } from './case/schema.js';
import type { FeedBook } from './feed/feed-book.js';
import { type FeedStanding, feedStandings } from './feed/feed-standing.js';
import { type FetchRefusal, fetchFeed } from './feed/fetch-feed.js';
import { pullByName } from './feed/pull-by-name.js';
import { moveFeed } from './feed/queries.js';
import type { Pulled } from './feed/read-feed.js';
import { feedQueues, feedWorkflows, sweepFeeds } from './feed/scheduled-fetch.js';
import { feedCoveredTables } from './feed/schema.js';
import { fingerprintCoveredTables } from './fingerprint/schema.js';
import { fingerprintQueues, fingerprintWorkflows } from './fingerprint/workflows.js';
import { type Imported, type ImportRefusal, importReport } from './import/import-report.js';
import { InvestigatorError } from './investigator-error.js';
import { caseLookRoutes, type LookingDeps } from './look/look-routes.js';
import { type OrderingDeps, type Orders, openOrders } from './orders/open-orders.js';
import { orderCoveredTables } from './orders/schema.js';
import { openPackages, type Packages, type PackingDeps, packageCoveredTables } from './package/index.js';
import { investigatorRoutes } from './routes/index.js';
import { seizureCoveredTables } from './seizure/schema.js';
import { seizureQueues, seizureWorkflows } from './seizure/workflows.js';
import { serviceCoveredTables } from './service/schema.js';
import { summarise } from './summary.js';
import type { ReportView } from './view/report-body.js';
import { viewReport } from './view/report-view.js';
import { defaultZipLimits, type ZipLimits } from './zip/zip-limits.js';

export interface InvestigatorDeps {
  /** With the schemas `ledger` and `investigator` up to date. */
  readonly db: Db;
  readonly vault: Compartment;
  readonly clock?: Clock;
  readonly zipLimits?: ZipLimits;
  /** Left out by a desk that makes no evidence packages. */
  readonly packing?: PackingDeps;
  /** Left out by a desk that reads no seizures. */
  readonly engine?: () => Engine;
  /** Left out by a desk that sends no orders to providers. */
  readonly ordering?: OrderingDeps;
  /** Whose addresses are whose, for users by country; left out where nobody brought such data. */
  readonly ranges?: RangeData;
  /** Left out by a desk at which nobody looks at files, and no program at seized pictures. */
  readonly looking?: LookingDeps;
  /** Feeds that people may fetch from by name, and the node by itself; left out by a desk that has none. */
  readonly feeds?: FeedBook;
  /** Of what it does by itself. */
  readonly log?: (line: string) => void;
}

export interface InvestigatorDesk {
  readonly workflows: readonly Workflow[];
  readonly queues: readonly Queue[];
  /** `/investigator/…` for the console. */
  readonly routes: FastifyPluginAsync;
  /**
   * Imports a report as police receive it: the JSON of protocols.md §2.2, or a ZIP with it and its files.
   * @param actor who imports; stands in the ledger
   */
  readonly importReport: (from: {
    readonly path: string;
    readonly actor: string;
  }) => Promise<Outcome<ImportedReport, ImportRefusal>>;
  /**
   * Fetches and imports what a clearinghouse has for this authority.
   * @param actor who pulls; stands in the ledger
   */
  readonly pullReferrals: (from: {
    readonly address: FeedAddress;
    readonly actor: string;
  }) => Promise<Outcome<Pulled, FetchRefusal>>;
  /** When each configured feed was and will be fetched from, and what stands against it. */
  readonly feedStandings: () => Promise<readonly FeedStanding[]>;
  /** For the node's timer: starts a fetch of each feed that is due. */
  readonly sweepFeeds: () => Promise<void>;
  /** A clearinghouse is at another address: what was fetched from it stays known. */
  readonly moveFeed: (feed: {
    readonly authority: string;
    readonly from: string;
    readonly to: string;
  }) => Promise<void>;
  readonly summary: () => Promise<JsonObject>;
  /** @throws InvestigatorError `no-packages` for a desk that makes none */
  readonly packages: () => Packages;
  /** For the node's timer: takes orders to providers and brings their answers. */
  readonly sweepOrders: Orders['sweep'];
}

export interface ImportedReport extends Omit<Imported, 'reportId'> {
  readonly report: ReportView;
}

export const investigatorMigrations: MigrationSet = {
  schema: 'investigator',
  folder: new URL('../migrations/', import.meta.url),
};

/** Tables whose rows exist only through ledger events; for `checkLedger`. */
export const investigatorCoveredTables: readonly CoveredTable[] = [
  { table: 'investigator.report', key: ['report_id'] },
  { table: 'investigator.delivery', key: ['delivery_id'] },
  { table: 'investigator.person', key: ['report_id', 'ordinal'] },
  { table: 'investigator.file', key: ['file_id'] },
  { table: 'investigator.object', key: ['file_id', 'sha256'] },
  { table: 'investigator.source_capture', key: ['report_id', 'ordinal'] },
  ...caseCoveredTables,
  ...seizureCoveredTables,
  ...fingerprintCoveredTables,
  ...serviceCoveredTables,
  ...archiveCoveredTables,
  ...orderCoveredTables,
  ...packageCoveredTables,
  ...feedCoveredTables,
];

export const openInvestigatorDesk = (deps: InvestigatorDeps): InvestigatorDesk => {
  const { db, vault, clock = systemClock, zipLimits: limits = defaultZipLimits, engine, feeds, looking } = deps;
  const importing = { db, vault, clock, limits };
  const packages = deps.packing && openPackages({ ...deps.packing, db, clock, deliveries: vault });
  const orders = deps.ordering && openOrders({ ...deps.ordering, db, clock });
  const log = deps.log ?? (() => undefined);
  const fetching = engine && feeds && { ...importing, feeds, engine, log };
  const overCases = investigatorRoutes({
    db,
    clock,
    ...(engine && { engine }),
    ...(packages && { packages }),
    ...(deps.ranges && { ranges: deps.ranges }),
    ...(feeds && { fetching: { feeds, pull: (from) => pullByName({ ...importing, feeds }, from) } }),
  });
  return {
    workflows: [
      ...(packages?.workflows ?? []),
      ...(engine ? seizureWorkflows({ db, clock, engine }) : []),
      ...(engine && looking ? fingerprintWorkflows({ ...looking, db, clock, engine }) : []),
      ...(orders?.workflows ?? []),
      ...(fetching ? feedWorkflows(fetching) : []),
    ],
    queues: [
      ...(packages?.queues ?? []),
      ...(engine ? seizureQueues : []),
      ...(engine && looking ? fingerprintQueues : []),
      ...(orders?.queues ?? []),
      ...(fetching ? feedQueues : []),
    ],
    sweepOrders: async () => await orders?.sweep(),
    packages: () => {
      if (packages !== undefined) return packages;
      throw new InvestigatorError('no-packages', 'this desk was opened without what packing needs');
    },
    routes: async (server) => {
      await server.register(overCases);
      if (looking !== undefined) await server.register(caseLookRoutes({ ...looking, deliveries: vault }));
    },
    moveFeed: (feed) => moveFeed(db, feed),
    pullReferrals: (from) => fetchFeed(importing, from),
    feedStandings: async () => feedStandings(db, (await feeds?.()) ?? [], clock.now()),
    sweepFeeds: async () => {
      if (fetching !== undefined) await sweepFeeds(fetching);
    },
    importReport: async (from) => {
      const outcome = await importReport(importing, from);
      if (outcome.kind !== 'done') return outcome;
      const { reportId, ...imported } = outcome.value;
      const report = await viewReport(db, reportId);
      if (report === undefined) throw new InvestigatorError('report-gone', `report ${reportId} is gone`);
      return done({ ...imported, report });
    },
    summary: () => summarise(db),
  };
};
