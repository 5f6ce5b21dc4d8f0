import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ClearinghouseDesk,
  clearinghouseCoveredTables,
  clearinghouseMigrations,
  documentationRanges,
  openClearinghouseDesk,
  readRangeData,
} from '@tutela/clearinghouse-desk';
import { systemClock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import type { Decoder } from '@tutela/media';
import { openPlatformDesk, type Platform, type PlatformPolicy, platformMigrations } from '@tutela/platform-desk';
import { openFolderVault } from '@tutela/vault';
import type { Desk } from './desk.js';
import { type OwnClearinghouse, ownClearinghouse } from './own-clearinghouse.js';

export interface Desks {
  readonly all: readonly Desk[];
  readonly platform: Platform;
  readonly clearinghouse: ClearinghouseDesk;
  readonly ownClearinghouse: OwnClearinghouse;
}

interface DesksDeps {
  readonly db: Db;
  readonly dataFolder: string;
  readonly decoder: Decoder;
  readonly engine: () => Engine;
  readonly policy: PlatformPolicy;
  readonly log: (line: string) => void;
}

/** Schemas of the desks, to be brought up to date before they are opened. */
export const deskMigrations = [platformMigrations, clearinghouseMigrations] as const;

/** Opens the desks of this installation. Each has objects of its own: what one keeps, no other can read. */
export const openDesks = async ({ db, dataFolder, decoder, engine, policy, log }: DesksDeps): Promise<Desks> => {
  const vaultOf = (desk: Desk['name']) => openFolderVault(path.join(dataFolder, 'objects', desk));
  const own = ownClearinghouse(dataFolder);
  const platform = openPlatformDesk({
    db,
    vault: await vaultOf('platform'),
    decoder,
    clock: systemClock,
    engine,
    destination: own.destination,
    policy,
    log,
  });
  // Until an operator brings range data, only the documentation addresses (RFC 5737, RFC 3849) name a country.
  const ranges = await readRangeData(fileURLToPath(documentationRanges));
  const clearinghouse = openClearinghouseDesk({
    db,
    vault: await vaultOf('clearinghouse'),
    ...(ranges.kind === 'done' ? { ranges: ranges.value } : {}),
  });
  const all: readonly Desk[] = [
    {
      name: 'platform',
      migrations: platformMigrations,
      routes: platform.routes,
      workflows: platform.workflows,
      queues: platform.queues,
      summary: platform.summary,
      chores: [{ name: 'sweep filings', everySeconds: 5, run: platform.platform.sweepFilings }],
      coveredTables: platform.coveredTables,
    },
    {
      name: 'clearinghouse',
      migrations: clearinghouseMigrations,
      routes: clearinghouse.routes,
      workflows: [],
      queues: [],
      summary: clearinghouse.summary,
      chores: [{ name: 'expire overdue reports', everySeconds: 300, run: clearinghouse.expireOverdue }],
      coveredTables: clearinghouseCoveredTables,
    },
  ];
  return { all, platform: platform.platform, clearinghouse, ownClearinghouse: own };
};
