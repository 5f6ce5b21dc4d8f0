import { availableParallelism } from 'node:os';
import { systemClock } from '@tutela/core';
import { type Database, openDatabase, runMigrations } from '@tutela/db';
import { type Engine, openEngine } from '@tutela/engine';
import { evidenceMigrations } from '@tutela/evidence/postgres';
import { exposureMigrations } from '@tutela/exposure/postgres';
import type { ExposureDeps } from '@tutela/exposure/routes';
import type { Signer } from '@tutela/ledger';
import { ledgerMigrations, sealingDatabase, type TimeAuthority } from '@tutela/ledger/postgres';
import { openDecoder } from '@tutela/media';
import { policyMigrations } from '@tutela/policy/postgres';
import { sealOfCase, vaultMigrations } from '@tutela/vault/postgres';
import type { Config } from '../config/config.js';
import { readExposureRules } from '../config/exposure-rules.js';
import { type OwnPolicy, readLogPolicy } from '../config/log-policy.js';
import { loadSecrets, type Secrets } from '../config/secrets.js';
import { readTimeAuthorities } from '../config/time-authorities.js';
import { TutelaError } from '../tutela-error.js';
import { type Closers, openTogether } from './closers.js';
import { type KeptHead, keptHead } from './kept-head.js';
import { ledgerKey, ledgerSigner, putIntoLog } from './ledger-keeping.js';
import { type Desks, deskMigrations, openDesks } from './open-desks.js';
import { type NodeVault, openNodeVault } from './open-vault.js';
import { packingDeps } from './packing.js';

/** An installation as one process sees it: its database, its desks, its secrets. What a command works with. */
export interface Workplace extends Pick<Closers, 'close'> {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly database: Database;
  readonly vault: NodeVault;
  readonly desks: Desks;
  /** What looking at files works with. */
  readonly exposure: ExposureDeps;
  readonly signer: Signer;
  readonly keptHead: KeptHead;
  /** Who has to have seen the heads of the ledger. */
  readonly policy: OwnPolicy;
  readonly timeAuthorities: readonly TimeAuthority[];
  /** Has one more authority asked until it is told to stop: for a demonstration. */
  readonly alsoAsk: (authority: TimeAuthority) => () => void;
  /** Puts what happened into the log; for who cannot wait for those whose work it is. */
  readonly sequence: () => Promise<void>;
  /** Opens the engine; from then on `engine` answers. Once. */
  readonly openEngine: (role: EngineRole) => Promise<void>;
  readonly engine: () => Engine;
}

/** `starts`: only hands work to other processes. `works`: takes part in it, whoever started it. */
export type EngineRole = 'starts' | 'works';

export interface WorkplaceOptions {
  readonly config: Config;
  readonly log: (line: string) => void;
  /** This process can no longer prove to its peers that it is alive, and must end. */
  readonly onLost: (error: Error) => void;
}

export const openWorkplace = ({ config, log, onLost }: WorkplaceOptions): Promise<Workplace> =>
  openTogether(async ({ add }) => {
    const secrets = await loadSecrets(config.dataFolder);
    const timeAuthorities = [...(await readTimeAuthorities(config.timeAuthorities))];
    const signer = ledgerSigner(secrets.ledger);
    const rules = await readExposureRules(config.exposureRules);
    const policy = await readLogPolicy(config.witnesses, ledgerKey(signer));
    const opened = await openDatabase({ dataFolder: config.dataFolder, url: config.databaseUrl });
    add(opened.close);
    await runMigrations(opened.db, [
      ledgerMigrations,
      policyMigrations,
      vaultMigrations,
      evidenceMigrations,
      exposureMigrations,
      ...deskMigrations,
    ]);
    const decoder = openDecoder({ processes: Math.max(1, availableParallelism() - 1) });
    add(decoder.close);
    let running: Engine | undefined;
    const engine = (): Engine => {
      if (running === undefined)
        throw new TutelaError('internal', 'The engine is not open.', 'This is a fault of Tutela.');
      return running;
    };
    const vault = await openNodeVault(config.vault, opened.db);
    // From here on whatever is told of a case goes with its key.
    const database: Database = { ...opened, db: sealingDatabase(opened.db, sealOfCase(vault.keyring)) };
    const kept = keptHead(config.dataFolder);
    const sequenceAll = () => putIntoLog({ db: database.db, signer, keptHead: kept });
    const packing = packingDeps({ config, signer, vault, policy, timeAuthorities, engine, log, sequence: sequenceAll });
    const exposure: ExposureDeps = { db: database.db, clock: systemClock, decoder, rules };
    const desks = await openDesks({ db: database.db, vault, config, exposure, engine, packing, log });
    const openRole = async (role: EngineRole): Promise<void> => {
      const workflows = desks.all.flatMap((desk) => desk.workflows);
      const queues = role === 'works' ? desks.all.flatMap((desk) => desk.queues) : [];
      running = await openEngine({ database, queues, workflows, log, onLost });
      add(running.close);
    };
    return {
      config,
      secrets,
      database,
      vault,
      desks,
      exposure,
      signer,
      keptHead: kept,
      policy,
      timeAuthorities,
      alsoAsk: (authority) => {
        timeAuthorities.push(authority);
        return () => void timeAuthorities.splice(timeAuthorities.indexOf(authority), 1);
      },
      sequence: sequenceAll,
      openEngine: openRole,
      engine,
    };
  });
