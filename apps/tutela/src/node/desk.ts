import type { JsonObject } from '@tutela/core';
import type { MigrationSet } from '@tutela/db';
import type { Queue, Workflow } from '@tutela/engine';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { FastifyPluginAsync } from 'fastify';

/** What the node knows of a desk. */
export interface Desk {
  readonly name: 'platform' | 'clearinghouse' | 'investigator' | 'provider';
  readonly migrations: MigrationSet;
  /**
   * JSON below `/platform`, `/clearinghouse`, `/investigator`, `/provider`, for the operator; below `/ispws` for reporters
   * and `/attribution/v1` for agencies, with their credentials.
   */
  readonly routes: FastifyPluginAsync;
  readonly workflows: readonly Workflow[];
  readonly queues: readonly Queue[];
  /** The desk at a glance. */
  readonly summary: () => Promise<JsonObject>;
  /** What has to be looked after now and then, by any one process; doing it twice does no harm. */
  readonly chores: readonly Chore[];
  /** Tables whose rows exist only through events: `tutela ledger check` names a row that no event vouches for. */
  readonly coveredTables: readonly CoveredTable[];
}

export interface Chore {
  readonly name: string;
  readonly everySeconds: number;
  readonly run: () => Promise<unknown>;
}
