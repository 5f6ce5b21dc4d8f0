export type { Destination, PlatformDeps, PlatformPolicy, Reporter } from './deps.js';
export { openPlatformDesk, type PlatformDesk, platformMigrations } from './desk.js';
export type { Platform } from './platform.js';
export { PlatformError, type PlatformErrorCode } from './platform-error.js';
export type { ScanRecord } from './scan/scan-record.js';
export type { ScanRequest, StartedScan } from './scan/start-scan.js';
export { walk } from './scan/walk.js';
export type { ScanTally } from './schema.js';
