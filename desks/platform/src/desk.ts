import type { MigrationSet } from '@tutela/db';
import type { Queue, Workflow } from '@tutela/engine';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { PlatformDeps } from './deps.js';
import { filingWorkflow } from './filing/open-filing.js';
import { type Platform, platformOf } from './platform.js';
import { platformRoutes } from './routes/routes.js';
import { batchWorkflow } from './scan/walk-scan.js';

/** What the desk offers to the node. */
export interface PlatformDesk {
  readonly name: 'platform';
  readonly platform: Platform;
  readonly routes: FastifyPluginAsync;
  readonly workflows: readonly Workflow[];
  readonly queues: readonly Queue[];
  readonly summary: Platform['summary'];
  /** Tables in which every row is there through an act on record. */
  readonly coveredTables: readonly CoveredTable[];
}

export const platformMigrations: MigrationSet = {
  schema: 'platform',
  folder: new URL('../migrations/', import.meta.url),
};

const batchInput = z.object({ scan: z.string(), ordinal: z.number() });
const filingInput = z.object({ filing: z.string() });

export const openPlatformDesk = (deps: PlatformDeps): PlatformDesk => {
  const platform = platformOf(deps);
  return {
    name: 'platform',
    platform,
    routes: platformRoutes(platform, deps),
    queues: [
      { name: 'scan', perProcess: 2 },
      { name: 'filing', perProcess: 8 },
    ],
    workflows: [
      { name: batchWorkflow, queue: 'scan', run: (input) => platform.runBatch(batchInput.parse(input)) },
      { name: filingWorkflow, queue: 'filing', run: (input) => platform.runFiling(filingInput.parse(input).filing) },
    ],
    summary: platform.summary,
    coveredTables,
  };
};

const byId = (name: string): CoveredTable => ({ table: `platform.${name}`, key: ['id'] });
const coveredTables: readonly CoveredTable[] = [
  ...['list_version', 'scan', 'upload', 'match', 'view', 'filing'].map(byId),
  { table: 'platform.list_part', key: ['version', 'kind', 'ordinal'] },
  { table: 'platform.decision', key: ['match'] },
  { table: 'platform.filing_file', key: ['filing', 'ordinal'] },
  { table: 'platform.filing_step', key: ['filing', 'ordinal'] },
];
