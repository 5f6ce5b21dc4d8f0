import { type JsonObject, toInstant } from '@tutela/core';
import type { FastifyPluginAsync } from 'fastify';
import { admitMember, grantAccess, nameReviewer, openList, revokeAccess } from './curate/members.js';
import { propose } from './curate/propose.js';
import { traceCanaries } from './curate/trace.js';
import { listApproved, vouch } from './curate/vouch.js';
import { withdraw } from './curate/withdraw.js';
import type { ListDeps } from './deps.js';
import { publishChanged, publishVersion } from './publish/publish.js';
import { listMembers } from './queries/catalogue.js';
import { countLists, type EntriesQuery, shownEntries, waitingBatches } from './queries/entries.js';
import { dropOldProbes, recentAlerts } from './queries/probing.js';
import { listVersions } from './queries/versions.js';
import { listEntriesRoutes } from './routes/entries.js';
import { listMemberRoutes } from './routes/members.js';
import { listProposalRoutes } from './routes/proposals.js';
import { listVersionRoutes } from './routes/versions.js';
import type { ListId } from './schema.js';
import { exchangeRoutes } from './serve/exchange-routes.js';
import { transparencyRoutes } from './serve/transparency-routes.js';

/** What the clearinghouse desk offers of its known-hash lists. */
export interface ListDesk extends Bound<typeof acts> {
  /** `/hashsharing/<list>/…` for members (HTTP Basic) and `/clearinghouse/list/…` for the console. */
  readonly routes: FastifyPluginAsync;
  /** Every few seconds: lists what reviewers have signed elsewhere. Gives how many proposals. */
  readonly listApproved: () => Promise<number>;
  /** Every few minutes: publishes the lists that have changed. Gives how many. */
  readonly publishChanged: () => Promise<number>;
  readonly publish: (list: ListId, by: string) => ReturnType<typeof publishVersion>;
  readonly lists: () => ReturnType<typeof countLists>;
  readonly waiting: (list: ListId) => ReturnType<typeof waitingBatches>;
  readonly entries: (query: EntriesQuery) => ReturnType<typeof shownEntries>;
  readonly members: () => ReturnType<typeof listMembers>;
  readonly versions: (list: ListId, limit: number) => ReturnType<typeof listVersions>;
  readonly summary: () => Promise<JsonObject>;
}

/** What people do, at the page and at the command line. */
const acts = {
  openList,
  nameReviewer,
  admitMember,
  grantAccess,
  revokeAccess,
  propose,
  vouch,
  withdraw,
  traceCanaries,
} as const;

/** The same functions without their first argument. */
type Bound<Acts extends Readonly<Record<string, (deps: ListDeps, asked: never) => unknown>>> = {
  readonly [Act in keyof Acts]: (asked: Parameters<Acts[Act]>[1]) => ReturnType<Acts[Act]>;
};

const day = 86_400_000;

export const openListDesk = (deps: ListDeps): ListDesk => ({
  routes: async (server) => {
    await server.register(exchangeRoutes(deps));
    await server.register(transparencyRoutes(deps));
    await server.register(listEntriesRoutes(deps));
    await server.register(listProposalRoutes(deps));
    await server.register(listMemberRoutes(deps));
    await server.register(listVersionRoutes(deps));
  },
  listApproved: () => listApproved(deps),
  publishChanged: async () => {
    await dropOldProbes(deps.db, toInstant(new Date(Date.parse(deps.clock.now()) - day)));
    return await publishChanged(deps);
  },
  openList: (asked) => openList(deps, asked),
  nameReviewer: (asked) => nameReviewer(deps, asked),
  admitMember: (asked) => admitMember(deps, asked),
  grantAccess: (asked) => grantAccess(deps, asked),
  revokeAccess: (asked) => revokeAccess(deps, asked),
  propose: (asked) => propose(deps, asked),
  vouch: (asked) => vouch(deps, asked),
  withdraw: (asked) => withdraw(deps, asked),
  traceCanaries: (asked) => traceCanaries(deps, asked),
  publish: (list, by) => publishVersion(deps, list, by),
  lists: () => countLists(deps.db),
  waiting: (list) => waitingBatches(deps.db, list, deps.clock.now()),
  entries: (query) => shownEntries(deps.db, query),
  members: () => listMembers(deps.db),
  versions: (list, limit) => listVersions(deps.db, list, limit),
  summary: async () => {
    const [lists, alerts] = await Promise.all([countLists(deps.db), recentAlerts(deps.db, 5)]);
    return {
      lists: lists.map(({ list_id, ...counts }) => ({ list: list_id, ...counts })),
      probing: alerts.map(({ list_id, source, kind, count, raised_at }) => ({
        list: list_id,
        source,
        kind,
        count,
        raisedAt: raised_at,
      })),
    };
  },
});
