import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '@tutela/core';
import type { OperatorSchema } from '../operator-schema.js';
import type { Mode, SchemaVersion } from '../schema/notation.js';
import type { FileId } from '../schema/values.js';
import type { HttpStyle } from './answer.js';
import type { ReportStore } from './report-store.js';

export interface ServerOptions {
  readonly store: ReportStore;
  /** Decides expiry and what is past; default the system's. */
  readonly clock?: Clock;
  /** Default `docs`. */
  readonly mode?: Mode;
  /** Edition of the schema; default the newest. */
  readonly version?: SchemaVersion;
  /** Default `modern`. */
  readonly httpStyle?: HttpStyle;
  /**
   * The operator's own copy of the official schema: served at `/xsd`, and what it finds fault with is refused in either
   * mode. Without it that address does not exist.
   */
  readonly xsd?: OperatorSchema;
  /** Largest file accepted, bytes; default without bound. */
  readonly largestFile?: number;
}

export interface ServerContext {
  readonly store: ReportStore;
  readonly clock: Clock;
  readonly mode: Mode;
  readonly version: SchemaVersion;
  readonly httpStyle: HttpStyle;
  readonly newFileId: () => FileId;
  readonly xsd: OperatorSchema | undefined;
}

export const contextOf = (options: ServerOptions): ServerContext => ({
  store: options.store,
  clock: options.clock ?? systemClock,
  mode: options.mode ?? 'docs',
  version: options.version ?? '2026-09',
  httpStyle: options.httpStyle ?? 'modern',
  newFileId: () => randomBytes(16).toString('hex') as FileId,
  xsd: options.xsd,
});
