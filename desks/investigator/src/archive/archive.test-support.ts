import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tutela/core';
import { type Engine, openEngine } from '@tutela/engine';
import { type Authority, type AuthorityId, stepsUpTo } from '@tutela/policy';
import { openEmbeddedEngine } from '@tutela/recovery';
import { openFolderVault, type Vault } from '@tutela/vault';
import type { sql } from 'kysely';
import { startPass } from '../seizure/passes.js';
import { passState } from '../seizure/queries/sources.js';
import type { SourceId } from '../seizure/schema.js';
import {
  by,
  caseRef,
  everything,
  openSeizureGround,
  type SeizureGround,
  value,
} from '../seizure/seizure.test-support.js';
import { addSource } from '../seizure/sources.js';
import { seizureQueues, seizureWorkflows } from '../seizure/workflows.js';
import { importWordList } from './candidates/import-list.js';
import type { ArchiveDeps } from './deps.js';
import { openItemReader } from './item-reader.js';
import type { RunRow } from './queries/runs.js';
import { runRecovery } from './recovery/run-recovery.js';
import { defaultRecoveryOptions, type RecoveryOptions } from './recovery/work.js';

export { caseRef, everything, value } from '../seizure/seizure.test-support.js';

const fixtures = fileURLToPath(new URL('../../../../packages/archive/fixtures/', import.meta.url));
export const fixture = (name: string): Promise<Buffer> => readFile(path.join(fixtures, name));

export interface FixtureArchive {
  readonly id: string;
  readonly files: readonly string[];
  readonly password: string;
  readonly hashcatMode: number | null;
  readonly hashLine: string | null;
  readonly contents: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
}

/** Harmless archives of every kind; their passwords are public on purpose. */
export const archives = (
  JSON.parse((await fixture('manifest.json')).toString('utf8')) as {
    readonly archives: readonly FixtureArchive[];
  }
).archives;
export const words = (await fixture('wordlist-small.txt')).toString('utf8').trim().split('\n');

export const quick: RecoveryOptions = {
  ...defaultRecoveryOptions,
  stopRule: { mostSecondsPerLock: 1e9, mostSeconds: 1e9 },
  beatSeconds: 0.1,
  staleSeconds: 1,
};

export interface ArchiveGround extends SeizureGround {
  readonly deps: ArchiveDeps;
  readonly vault: Vault;
  /** Writes files below a new folder and reads it as a source. */
  readonly seize: (
    name: string,
    files: Readonly<Record<string, string | Uint8Array>>,
    accountPath?: string,
  ) => Promise<SourceId>;
  /** Adds a source without reading it, so that an authority can name it. */
  readonly addFolder: (
    name: string,
    files: Readonly<Record<string, string | Uint8Array>>,
    accountPath?: string,
  ) => Promise<SourceId>;
  readonly read: (sourceId: SourceId) => Promise<void>;
  /** An authority over these sources alone. */
  readonly grant: (
    last: Parameters<typeof stepsUpTo>[0],
    sources: readonly SourceId[] | 'any',
    changes?: Partial<Authority>,
  ) => Promise<AuthorityId>;
  readonly importWords: (name: string, lines: readonly string[], blockWords?: number) => Promise<void>;
  readonly recover: (authorityId: string, options?: Partial<RecoveryOptions>) => Promise<RunRow>;
  /** Sources are not read any more: a process has one engine at a time. */
  readonly endReading: () => Promise<void>;
  readonly rows: <Row>(query: ReturnType<typeof sql<Row>>) => Promise<readonly Row[]>;
}

export const openArchiveGround = async (): Promise<ArchiveGround> => {
  const ground = await openSeizureGround();
  const { database, folder } = ground;
  const vault = await openFolderVault(path.join(folder, 'vault'));
  const deps: ArchiveDeps = {
    db: database.db,
    vault,
    clock: systemClock,
    actor: 'tutela',
    reader: openItemReader(vault),
  };
  const seizing = { db: database.db, clock: systemClock, engine: (): Engine => engine };
  const engine: Engine = await openEngine({
    database,
    queues: seizureQueues,
    workflows: seizureWorkflows(seizing),
    log: () => undefined,
    onLost: () => undefined,
  });
  let closing: Promise<void> | undefined;
  const endReading = (): Promise<void> => {
    closing ??= engine.close();
    return closing;
  };
  const addFolder: ArchiveGround['addFolder'] = async (name, files, accountPath) => {
    const root = path.join(folder, name);
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), content);
    }
    const given = {
      caseRef,
      exhibit: '3',
      kind: 'folder' as const,
      locator: root,
      ...(accountPath && { accountPath }),
    };
    return value(await addSource(seizing, given, by())).source_id;
  };
  const read: ArchiveGround['read'] = async (sourceId) => {
    const { pass_id: passId } = value(await startPass(seizing, sourceId, by()));
    while ((await passState(database.db, passId)) !== 'ended') await sleep(50);
  };
  return {
    ...ground,
    deps,
    vault,
    addFolder,
    read,
    seize: async (name, files, accountPath) => {
      const sourceId = await addFolder(name, files, accountPath);
      await read(sourceId);
      return sourceId;
    },
    grant: (last, sources, changes = {}) =>
      ground.authorise({ grants: stepsUpTo(last), scope: { ...everything, sources }, ...changes }),
    importWords: async (name, lines, blockWords = 10) => {
      const bytes = (async function* () {
        yield Buffer.from(`${lines.join('\n')}\n`);
      })();
      value(await importWordList(deps, { caseRef, name, bytes, blockWords }));
    },
    recover: async (authorityId, options = {}) => {
      const embedded = openEmbeddedEngine({ threads: 1 });
      try {
        return value(
          await runRecovery(deps, { caseRef, authorityId, options: { ...quick, ...options } }, { engine: embedded }),
        );
      } finally {
        await embedded.close();
      }
    },
    rows: async (query) => (await query.execute(database.db)).rows,
    endReading,
    close: async () => {
      await endReading();
      await ground.close();
    },
  };
};
