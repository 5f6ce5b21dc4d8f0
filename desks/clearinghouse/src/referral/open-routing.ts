import type { Clock, JsonValue } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Engine, Queue, Workflow } from '@tutela/engine';
import type { Compartment } from '@tutela/vault';
import type { FastifyPluginAsync } from 'fastify';
import { importRegistry } from '../authority-registry/import-registry.js';
import { type Authority, listAuthorities } from '../authority-registry/queries.js';
import { authoritiesRoute } from '../authority-registry/routes.js';
import { issueFeedCredential } from '../feed/credentials.js';
import { reporterFeedbackRoutes } from '../feed/reporter-feedback.js';
import { feedRoutes } from '../feed/routes.js';
import { composeRequestRoutes } from '../request/compose-routes.js';
import { remindDeadlines } from '../request/follow-request.js';
import { requestRoutes } from '../request/routes.js';
import { type MailSettings, openMail } from './mail.js';
import { routeReports } from './route-reports.js';
import { awaitingRoute } from './routes/awaiting.js';
import { listReferralsRoute } from './routes/list-referrals.js';
import { noticeRoutes } from './routes/notices.js';
import { referralRoutes } from './routes/referrals.js';
import { routingRoutes } from './routes/routings.js';
import type { NoticeId } from './schema.js';
import { escalateNotices, noticeWorkflow, sendNotice, sweepNotices } from './send-notice.js';

export interface RoutingOptions {
  /** From so many reports about one file or picture on, a person forwards them as one. */
  readonly largeBundle?: number;
  /** Without it notices wait, and are escalated like any that cannot be sent. */
  readonly mail?: MailSettings;
  /** Without it notices are only escalated. */
  readonly engine?: () => Pick<Engine, 'start'>;
}

type Deps = RoutingOptions & { readonly db: Db; readonly vault: Compartment; readonly clock: Clock };
type Act<Of extends (deps: never, asked: never) => unknown> = (asked: Parameters<Of>[1]) => ReturnType<Of>;

/** The part of the desk that sends reports on their way and hears what became of them. */
export interface Routing {
  readonly routes: FastifyPluginAsync;
  readonly workflows: readonly Workflow[];
  readonly queues: readonly Queue[];
  /** For the node's timer, every few seconds: routes what was judged. Gives how many reports. */
  readonly route: () => Promise<number>;
  /** For the node's timer: sends notices that are due and tells of those that wait too long. */
  readonly sweepNotices: () => Promise<void>;
  /** For the node's timer: deadlines of requests. */
  readonly remindDeadlines: () => Promise<number>;
  readonly importRegistry: Act<typeof importRegistry>;
  readonly authorities: (of?: {
    readonly country?: string;
    readonly standing?: 'active' | 'closed';
  }) => Promise<readonly Authority[]>;
  readonly issueFeedCredential: Act<typeof issueFeedCredential>;
}

const queue = 'clearinghouse.notices';

export const openRouting = (deps: Deps): Routing => {
  const { db, clock, vault, engine } = deps;
  const mail = deps.mail && { send: openMail(deps.mail), feedUrl: deps.mail.feedUrl };
  const notices = { db, clock, mail };
  return {
    workflows: [{ name: noticeWorkflow, queue, run: (input) => sendNotice(notices, noticeOf(input)) }],
    queues: [{ name: queue, perProcess: 2 }],
    route: () => routeReports(deps),
    sweepNotices: async () => {
      if (engine === undefined) await escalateNotices(deps);
      else await sweepNotices({ ...notices, engine });
    },
    remindDeadlines: () => remindDeadlines(deps),
    importRegistry: (asked) => importRegistry(deps, asked),
    authorities: (of) => listAuthorities(db, of),
    issueFeedCredential: (asked) => issueFeedCredential(deps, asked),
    routes: async (server) => {
      await server.register(authoritiesRoute(db));
      await server.register(listReferralsRoute(deps));
      await server.register(referralRoutes(deps));
      await server.register(routingRoutes(deps));
      await server.register(noticeRoutes({ db, clock, feedUrl: mail?.feedUrl ?? '/feed/v1/' }));
      await server.register(awaitingRoute(deps));
      await server.register(requestRoutes(deps));
      await server.register(composeRequestRoutes(deps));
      await server.register(feedRoutes({ db, vault, clock }));
      await server.register(reporterFeedbackRoutes(db));
    },
  };
};

const noticeOf = (input: JsonValue): NoticeId => (input as { readonly notice: NoticeId }).notice;
