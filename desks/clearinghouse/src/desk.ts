import { type Clock, type JsonObject, systemClock } from '@tutela/core';
import { cybertipServer, type ServerOptions } from '@tutela/cybertip';
import type { Db, MigrationSet } from '@tutela/db';
import type { ExposureDeps } from '@tutela/exposure/routes';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { Decoder } from '@tutela/media';
import type { MarkedAddresses, RangeData } from '@tutela/ranges';
import type { Compartment } from '@tutela/vault';
import type { FastifyPluginAsync } from 'fastify';
import { ClearinghouseError } from './clearinghouse-error.js';
import { type Issued, issueCredentials } from './credentials.js';
import { expireOverdue } from './expiry.js';
import { type ListDesk, openListDesk } from './list/list-desk.js';
import { listCoveredTables } from './list/list-events.js';
import { citizenRoutes } from './public/citizen-routes.js';
import { partnerRoutes } from './public/partner-routes.js';
import { bundleItemRoutes } from './queue/routes/bundle-item.js';
import { queueRoutes } from './queue/routes/queue.js';
import { reportItemRoutes } from './queue/routes/report-item.js';
import { openRouting, type Routing, type RoutingOptions } from './referral/open-routing.js';
import { routingCoveredTables } from './referral/schema.js';
import { openReportStore } from './report-store.js';
import { requestCoveredTables } from './request/queries.js';
import { fileLookRoutes } from './routes/file-looks.js';
import { locationsRoute } from './routes/locations.js';
import { reportRoute } from './routes/report.js';
import { reportExportRoutes } from './routes/report-export.js';
import { reportsRoute } from './routes/reports.js';
import { statisticsRoute } from './statistics/routes.js';
import { summarise } from './summary.js';
import { openDrain } from './triage/drain.js';
import { readPolicy, standardPolicyFile, type VersionedPolicy } from './triage/policy.js';
import { policyRoutes } from './triage/routes.js';
import { openWaker } from './triage/waker.js';

export interface ClearinghouseDeps {
  /** With the schemas `ledger` and `clearinghouse` up to date. */
  readonly db: Db;
  readonly vault: Compartment;
  readonly clock?: Clock;
  /** Address ranges by country (`readRangeData`); without any only what a report states names a country. */
  readonly ranges?: readonly RangeData[];
  /** Relays, hosting and proxies (`readAddressMarks`): shown, and decide nothing. */
  readonly marks?: MarkedAddresses;
  /** By which reports are judged (`readTriagePolicy`); the desk's own when left out. */
  readonly triagePolicy?: VersionedPolicy;
  /** For a look at files; without it, pictures that look alike are not brought together. */
  readonly decoder?: Decoder;
  /** Left out by a desk at which nobody looks at files. */
  readonly looking?: ExposureDeps;
  /** One line about work that failed and will be done again. */
  readonly log?: (line: string) => void;
  /** How reports reach authorities. */
  readonly routing?: RoutingOptions;
  /** How the reporting API behaves; see `ServerOptions`. */
  readonly api?: Omit<ServerOptions, 'store' | 'clock'>;
}

export interface ClearinghouseDesk {
  /**
   * `/ispws/…` and `/feedback/v1/…` for reporters, `/feed/v1/…` for authorities, `/hashsharing/…` for members of the lists
   * (HTTP Basic), `/partner/v1/…` for hotlines (the same), `/public/…` for anybody, and `/clearinghouse/…` for the console.
   */
  readonly routes: FastifyPluginAsync;
  /** Makes or renews the credentials of a service that files here. */
  readonly issueCredentials: (to: { readonly username: string; readonly organisation: string }) => Promise<Issued>;
  /** For the node's timer, every few minutes. Gives how many reports ended. */
  readonly expireOverdue: () => Promise<number>;
  /** For the node's timer, every few seconds: judges the reports that wait. Gives how many it judged. */
  readonly triage: () => Promise<number>;
  /** Authorities, referrals, their feed, and requests. */
  readonly routing: Routing;
  /** The known-hash lists and who receives them. */
  readonly lists: ListDesk;
  readonly summary: () => Promise<JsonObject>;
}

export const clearinghouseMigrations: MigrationSet = {
  schema: 'clearinghouse',
  folder: new URL('../migrations/', import.meta.url),
};

/** Tables whose rows exist only through ledger events; for `checkLedger`. */
export const clearinghouseCoveredTables: readonly CoveredTable[] = [
  { table: 'clearinghouse.reporter', key: ['reporter_id'] },
  { table: 'clearinghouse.report', key: ['report_number'] },
  { table: 'clearinghouse.submission', key: ['report_number'] },
  { table: 'clearinghouse.file', key: ['file_id'] },
  { table: 'clearinghouse.file_details', key: ['file_id'] },
  { table: 'clearinghouse.location', key: ['report_number'] },
  { table: 'clearinghouse.triage_policy', key: ['policy_version'] },
  { table: 'clearinghouse.triage', key: ['report_number', 'version'] },
  { table: 'clearinghouse.bundle', key: ['bundle_id'] },
  { table: 'clearinghouse.bundle_member', key: ['bundle_id', 'report_number'] },
  { table: 'clearinghouse.claim', key: ['item'] },
  { table: 'clearinghouse.public_receipt', key: ['report_number'] },
  ...routingCoveredTables,
  ...requestCoveredTables,
  ...listCoveredTables,
  { table: 'clearinghouse.file_opening', key: ['opening_id'] },
];

/** Invented authorities of 100 countries, for demonstrations. */
export const demonstrationAuthorities: URL = new URL('../data/demonstration-authorities.csv', import.meta.url);

/** Synthetic ranges of the documentation addresses, for demonstrations. */
export const documentationRanges: URL = new URL('../data/documentation-ranges.csv', import.meta.url);

/** A report is judged at once, and on a busy desk within about this time together with those that came meanwhile. */
const betweenRoundsMs = 1000;

export const openClearinghouseDesk = (deps: ClearinghouseDeps): ClearinghouseDesk => {
  const { db, vault, decoder, ranges = [], marks, api = {}, clock = systemClock, log = () => undefined } = deps;
  const policy = deps.triagePolicy ?? standardPolicy();
  const triage = openDrain({ db, clock, vault, policy, decoder });
  const routing = openRouting({ ...deps.routing, db, vault, clock });
  const judgeAndRoute = async (): Promise<void> => {
    await triage();
    await routing.route();
  };
  const triageSoon = openWaker(judgeAndRoute, {
    log: (message) => log(`clearinghouse triage: ${message}`),
    restMs: betweenRoundsMs,
  });
  const lists = openListDesk({ db, vault, clock });
  const location = { ranges, ...(marks !== undefined && { marks }) };
  const store = openReportStore({ db, vault, location, policy, finished: triageSoon.wake });
  const intake = { db, clock, location, policy, finished: triageSoon.wake };
  return {
    routes: async (server) => {
      server.addHook('onClose', triageSoon.idle);
      await server.register(cybertipServer, { prefix: '/ispws', store, clock, ...api });
      await server.register(citizenRoutes(intake));
      await server.register(partnerRoutes(intake));
      await server.register(reportsRoute(db));
      await server.register(reportRoute(db));
      await server.register(reportExportRoutes({ db, vault, clock }));
      await server.register(locationsRoute(db));
      await server.register(statisticsRoute(db));
      await server.register(queueRoutes({ db, clock }));
      await server.register(reportItemRoutes({ db, clock }));
      await server.register(bundleItemRoutes({ db, clock }));
      await server.register(policyRoutes({ db, clock, policy, wake: triageSoon.wake }));
      await server.register(routing.routes);
      await server.register(lists.routes);
      if (deps.looking !== undefined) await server.register(fileLookRoutes({ ...deps.looking, vault }));
    },
    issueCredentials: (to) => issueCredentials({ db, clock }, to),
    expireOverdue: () => expireOverdue({ db, clock }),
    triage,
    routing,
    lists,
    summary: async () => ({ ...(await summarise(db)), hashLists: await lists.summary() }),
  };
};

const standardPolicy = (): VersionedPolicy => {
  const read = readPolicy(standardPolicyFile);
  if (read.kind !== 'done') throw new ClearinghouseError('unusable-policy', read.reason.message);
  return read.value;
};
