import path from 'node:path';
import {
  type ClearinghouseDesk,
  clearinghouseCoveredTables,
  clearinghouseMigrations,
  openClearinghouseDesk,
} from '@tutela/clearinghouse-desk';
import { systemClock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import type { ExposureDeps } from '@tutela/exposure/routes';
import {
  type InvestigatorDesk,
  investigatorCoveredTables,
  investigatorMigrations,
  openInvestigatorDesk,
  openItemReader,
  type PackingDeps,
} from '@tutela/investigator-desk';
import { openPlatformDesk, type Platform, platformMigrations } from '@tutela/platform-desk';
import {
  openProviderDesk,
  type ProviderDesk,
  providerCoveredTables,
  providerIdentityMigrations,
  providerMigrations,
} from '@tutela/provider-desk';
import type { Vault } from '@tutela/vault';
import { readClearinghouseData } from '../config/clearinghouse-data.js';
import type { Config } from '../config/config.js';
import { readCounterpart } from '../config/counterpart.js';
import { readMailSettings } from '../config/mail-settings.js';
import { readOperatorSchema } from '../config/operator-schema.js';
import type { Desk } from './desk.js';
import { readCredential } from './exchange-credentials.js';
import { feedBook } from './feeds.js';
import { encryptOldObjects, standingCompartments } from './open-vault.js';
import { type OwnClearinghouse, ownClearinghouse } from './own-clearinghouse.js';

export interface Desks {
  readonly all: readonly Desk[];
  readonly platform: Platform;
  readonly clearinghouse: ClearinghouseDesk;
  readonly investigator: InvestigatorDesk;
  readonly provider: ProviderDesk;
  readonly ownClearinghouse: OwnClearinghouse;
}

interface DesksDeps {
  readonly db: Db;
  readonly vault: Vault;
  readonly config: Config;
  readonly exposure: ExposureDeps;
  readonly engine: () => Engine;
  readonly packing: PackingDeps;
  readonly log: (line: string) => void;
}

/** Schemas of the desks, to be brought up to date before they are opened. */
export const deskMigrations = [
  platformMigrations,
  clearinghouseMigrations,
  investigatorMigrations,
  providerMigrations,
  providerIdentityMigrations,
] as const;

/** Opens the desks of this installation. Each has objects of its own: what one keeps, no other can read. */
export const openDesks = async ({ db, vault, config, exposure, engine, packing, log }: DesksDeps): Promise<Desks> => {
  const { dataFolder, exactMatches, reportsTo, mail } = config;
  const compartmentOf = standingCompartments(vault);
  await encryptOldObjects(dataFolder, compartmentOf, log);
  const xsd = config.xsd === undefined ? undefined : await readOperatorSchema(config.xsd);
  const own = ownClearinghouse(dataFolder);
  const platform = openPlatformDesk({
    db,
    vault: compartmentOf('platform'),
    decoder: exposure.decoder,
    rules: exposure.rules,
    clock: systemClock,
    engine,
    destination: reportsTo === undefined ? own.destination : await readCounterpart(reportsTo, xsd),
    policy: { exactMatches },
    log,
  });
  const clearinghouseData = await readClearinghouseData(config);
  const clearinghouse = openClearinghouseDesk({
    db,
    vault: compartmentOf('clearinghouse'),
    ...clearinghouseData,
    decoder: exposure.decoder,
    looking: exposure,
    log,
    routing: { engine, ...(mail === undefined ? {} : { mail: await readMailSettings(mail) }) },
    api: xsd === undefined ? {} : { xsd },
  });
  const provider = await openProviderDesk({ db, folder: path.join(dataFolder, 'provider') });
  const investigator = openInvestigatorDesk({
    db,
    vault: compartmentOf('investigator'),
    packing,
    engine,
    ranges: clearinghouseData.ranges[0],
    looking: { ...exposure, reader: openItemReader(vault) },
    feeds: feedBook(dataFolder),
    log,
    ordering: { credentialOf: (providerId) => readCredential(dataFolder, providerId), engine, log },
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
      workflows: clearinghouse.routing.workflows,
      queues: clearinghouse.routing.queues,
      summary: clearinghouse.summary,
      chores: [
        { name: 'expire overdue reports', everySeconds: 300, run: clearinghouse.expireOverdue },
        { name: 'list what two have signed', everySeconds: 10, run: clearinghouse.lists.listApproved },
        { name: 'publish lists', everySeconds: 600, run: clearinghouse.lists.publishChanged },
        { name: 'judge reports', everySeconds: 5, run: clearinghouse.triage },
        { name: 'route reports', everySeconds: 5, run: clearinghouse.routing.route },
        { name: 'send notices', everySeconds: 15, run: clearinghouse.routing.sweepNotices },
        { name: 'watch deadlines of requests', everySeconds: 60, run: clearinghouse.routing.remindDeadlines },
      ],
      coveredTables: clearinghouseCoveredTables,
    },
    {
      name: 'investigator',
      migrations: investigatorMigrations,
      routes: investigator.routes,
      workflows: investigator.workflows,
      queues: investigator.queues,
      summary: investigator.summary,
      chores: [
        { name: 'take orders to providers', everySeconds: 5, run: investigator.sweepOrders },
        { name: 'fetch from feeds', everySeconds: 10, run: investigator.sweepFeeds },
      ],
      coveredTables: investigatorCoveredTables,
    },
    {
      name: 'provider',
      migrations: providerMigrations,
      routes: provider.routes,
      workflows: [],
      queues: [],
      summary: provider.summary,
      chores: [
        { name: 'expire segments', everySeconds: 3600, run: () => provider.expireSegments('provider/retention') },
      ],
      coveredTables: providerCoveredTables,
    },
  ];
  return { all, platform: platform.platform, clearinghouse, investigator, provider, ownClearinghouse: own };
};
