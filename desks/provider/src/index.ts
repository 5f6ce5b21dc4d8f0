export type { IssuedCredential } from './agency.js';
export {
  openProviderDesk,
  type ProviderDeps,
  type ProviderDesk,
  providerCoveredTables,
  providerIdentityMigrations,
  providerMigrations,
} from './desk.js';
export type { Ingested } from './ingest/ingest-log.js';
export type { Release } from './order/release-order.js';
export { ProviderError } from './provider-error.js';
export type { DayReadiness } from './readiness/day-readiness.js';
export { readinessPage } from './readiness/page.js';
export { readinessPdf } from './readiness/pdf.js';
export { exchangePrefix } from './routes/exchange.js';
