import { type Clock, type JsonObject, type JsonValue, systemClock } from '@tutela/core';
import type { Db, MigrationSet } from '@tutela/db';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { RequestDigest } from '@tutela/policy';
import type { FastifyPluginAsync } from 'fastify';
import { type IssuedCredential, issueCredential } from './agency.js';
import { noteIdentities } from './identity/note-identities.js';
import { type IngestDeps, type IngestRequest, ingestLog } from './ingest/ingest-log.js';
import { askRelease } from './order/ask-release.js';
import { declineOrder } from './order/decline-order.js';
import { type OrderDeps, type OrderLimits, usualLimits } from './order/order-deps.js';
import { previewRelease } from './order/preview-release.js';
import { releaseOrder } from './order/release-order.js';
import { reproduceAnswer } from './order/reproduce-answer.js';
import { orderShown, ordersShown } from './order/show-order.js';
import { ordersBeginning } from './queries/orders.js';
import { dayReadiness } from './readiness/day-readiness.js';
import { exchangeRoutes } from './routes/exchange.js';
import { operatorRoutes } from './routes/operator/index.js';
import { addRule, enableRuleVersion } from './rules/keep-rules.js';
import { rulesShown } from './rules/show-rules.js';
import { expireSegments } from './segments/expire-segments.js';
import { openHandles } from './segments/handle-key.js';
import type { PlanDeps } from './segments/look-up-plan.js';
import { segmentsShown } from './segments/show-segments.js';
import { addSource } from './source/keep-sources.js';
import { sourcesShown } from './source/show-sources.js';
import { summarise } from './summary.js';

export interface ProviderDeps {
  /** With the schemas `ledger`, `policy`, `provider` and `provider_identity` up to date. */
  readonly db: Db;
  /** Of its own and private: segments, work, the key of the handles. */
  readonly folder: string;
  readonly clock?: Clock;
  readonly limits?: OrderLimits;
  readonly openSegment?: NonNullable<PlanDeps['openSegment']>;
  /** Items of a log in memory at once. Default 200,000. */
  readonly chunkItems?: number;
}

export const providerMigrations: MigrationSet = {
  schema: 'provider',
  folder: new URL('../migrations/', import.meta.url),
};

/** Apart from the other: a role that answers questions needs no right to it. */
export const providerIdentityMigrations: MigrationSet = {
  schema: 'provider_identity',
  folder: new URL('../migrations/identity/', import.meta.url),
};

/** Tables whose rows exist only through ledger events; for `checkLedger`. */
export const providerCoveredTables: readonly CoveredTable[] = [
  { table: 'provider.source', key: ['exporter'] },
  { table: 'provider.ingest', key: ['ingest_id'] },
  { table: 'provider.segment', key: ['sha256'] },
  { table: 'provider.rule', key: ['rule_id'] },
  { table: 'provider.agency', key: ['agency_id'] },
  { table: 'provider.disclosure_order', key: ['order_id'] },
  { table: 'provider.alarm', key: ['order_id'] },
  { table: 'provider.answer', key: ['answer_id'] },
  { table: 'provider.release', key: ['order_id'] },
];

export type ProviderDesk = ReturnType<typeof deskOf>;

/** Opens the desk; makes the key of the handles at the first call. */
export const openProviderDesk = async (deps: ProviderDeps): Promise<ProviderDesk> => {
  const { clock = systemClock, limits = usualLimits, ...rest } = deps;
  const handles = await openHandles(deps.folder);
  return deskOf({ ...rest, clock, limits, ...handles });
};

const deskOf = (deps: OrderDeps & IngestDeps) => {
  const { db, clock } = deps;
  const routes: FastifyPluginAsync = async (server) => {
    await server.register(exchangeRoutes(deps));
    await server.register(operatorRoutes(deps));
  };
  return {
    /** `/attribution/v1/…` for agencies with their credentials, `/provider/…` for the operator. */
    routes,
    summary: (): Promise<JsonObject> => summarise(db),
    addSource: (declaration: unknown, by: string) => addSource(deps, declaration, by),
    sources: () => sourcesShown(db),
    ingest: (request: IngestRequest) => ingestLog(deps, request),
    segments: () => segmentsShown(db),
    /** For the node's timer, and at once for an operator. */
    expireSegments: (by: string) => expireSegments(deps, by),
    addRule: (document: JsonValue, by: string) => addRule(deps, document, by),
    enableRule: (ruleId: string, by: string) => enableRuleVersion(deps, ruleId, by),
    rules: () => rulesShown(db),
    /** From JSON lines; whom the handles stand for. */
    noteIdentities: (lines: AsyncIterable<string>, by: string) => noteIdentities(deps, lines, by),
    issueCredential: (agency: string, by: string): Promise<IssuedCredential> => issueCredential(deps, agency, by),
    orders: (limit: number) => ordersShown(db, clock.now(), limit),
    order: (orderId: string) => orderShown(db, orderId, clock.now()),
    /** Ids of orders that begin so; two at most. */
    ordersBeginning: (beginning: string) => ordersBeginning(db, beginning),
    askRelease: (orderId: string, asked: { readonly by: string; readonly reason: string }) =>
      askRelease(deps, orderId, asked),
    releaseOrder: (orderId: string, release: { readonly approval: RequestDigest; readonly by: string }) =>
      releaseOrder(deps, orderId, release),
    previewRelease: (orderId: string, asked: { readonly approval: RequestDigest; readonly by: string }) =>
      previewRelease(deps, orderId, asked),
    declineOrder: (orderId: string, declined: { readonly by: string; readonly reason: string }) =>
      declineOrder(deps, orderId, declined),
    reproduce: (answerId: string, by: string) => reproduceAnswer(deps, answerId, by),
    readiness: (day: string) => dayReadiness(deps, day),
  };
};
