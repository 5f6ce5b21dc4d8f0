export * from './archive/index.js';
export * from './case/index.js';
export {
  type ImportedReport,
  type InvestigatorDeps,
  type InvestigatorDesk,
  investigatorCoveredTables,
  investigatorMigrations,
  openInvestigatorDesk,
} from './desk.js';
export type { ConfiguredFeed, FeedBook, FetchEvery } from './feed/feed-book.js';
export type { FeedStanding } from './feed/feed-standing.js';
export type { Pulled } from './feed/read-feed.js';
export * from './fingerprint/index.js';
export type { ImportRefusal } from './import/import-report.js';
export { InvestigatorError } from './investigator-error.js';
export type { LookingDeps } from './look/look-routes.js';
export * from './orders/index.js';
export type { PackageRow, Packages, PackingDeps } from './package/index.js';
export { packageView } from './package/package-view.js';
export * from './seizure/index.js';
export * from './service/index.js';
export type { ReportView } from './view/report-body.js';
export type { ZipLimits } from './zip/zip-limits.js';
