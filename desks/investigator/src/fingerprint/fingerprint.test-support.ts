import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tutela/core';
import { type Engine, openEngine } from '@tutela/engine';
import { pdq } from '@tutela/fingerprint';
import { type Decoder, openDecoder } from '@tutela/media';
import { sql } from 'kysely';
import { type ItemReader, openItemReader } from '../archive/item-reader.js';
import { openCase } from '../case/cases.js';
import { recordExhibit } from '../case/exhibits.js';
import type { SeizureDeps } from '../seizure/deps.js';
import { startPass } from '../seizure/passes.js';
import { passState } from '../seizure/queries/sources.js';
import { by, openSeizureGround, type SeizureGround, value } from '../seizure/seizure.test-support.js';
import { addSource, type NewSource } from '../seizure/sources.js';
import { seizureWorkflows } from '../seizure/workflows.js';
import { readFingerprints, startFingerprints } from './runs.js';
import { fingerprintWorkflows } from './workflows.js';

/** Where workers that can be killed look at pictures that were seized. */
export interface FingerprintGround extends SeizureGround {
  readonly deps: () => SeizureDeps;
  readonly decoder: Decoder;
  readonly reader: ItemReader;
  /** @param trace file for what it opens and starts @returns what kills it */
  readonly startWorker: (trace?: string) => Promise<() => Promise<void>>;
  readonly write: (name: string, files: Readonly<Record<string, Uint8Array>>) => Promise<string>;
  /** Seizes a folder, or what is said instead, and reads it. */
  readonly readAll: (ref: string, locator: string, place?: Pick<NewSource, 'kind' | 'accountPath'>) => Promise<void>;
  readonly openOther: (ref: string) => Promise<void>;
  readonly ended: (ref: string) => Promise<void>;
  /** Waits until the stacks of the newest run stand. */
  readonly stacked: (ref: string) => Promise<void>;
  readonly lookAtAll: (ref: string, unitContents?: number) => Promise<void>;
}

const inFolder = { kind: 'folder', accountPath: 'storage/*' } as const;

export const openFingerprintGround = async (): Promise<FingerprintGround> => {
  const ground = await openSeizureGround();
  const decoder = openDecoder({ processes: 1 });
  const reader = openItemReader(undefined as never);
  const workers: ChildProcess[] = [];
  const deps = (): SeizureDeps => ({ db: ground.database.db, clock: systemClock, engine: () => engine });
  const engine: Engine = await openEngine({
    database: ground.database,
    queues: [],
    workflows: [...seizureWorkflows(deps()), ...fingerprintWorkflows({ ...deps(), decoder, reader })],
    log: () => undefined,
    onLost: () => undefined,
  });

  const startWorker = (trace?: string): Promise<() => Promise<void>> =>
    new Promise((resolve) => {
      const entry = fileURLToPath(new URL('../seizure/worker.test-support.js', import.meta.url));
      const node = [process.execPath, entry, ground.database.url];
      const strace = ['strace', '-f', '-qq', '-e', 'trace=open,openat,openat2,execve', '-o', trace ?? ''];
      const [program = '', ...parameters] = trace === undefined ? node : [...strace, ...node];
      const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
      workers.push(child);
      child.stdout.once('data', (line: Buffer) =>
        resolve(async () => {
          const ended = new Promise((end) => child.once('exit', end));
          process.kill(Number(line.toString()), 'SIGKILL');
          await ended;
        }),
      );
    });

  const write = async (name: string, files: Readonly<Record<string, Uint8Array>>): Promise<string> => {
    const root = path.join(ground.folder, name);
    for (const [file, bytes] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), bytes);
    }
    return root;
  };

  const readAll: FingerprintGround['readAll'] = async (ref, locator, place = inFolder) => {
    const given = { caseRef: ref, exhibit: '3', locator, ...place };
    const { source_id: sourceId } = value(await addSource(deps(), given, by()));
    const { pass_id: passId } = value(await startPass(deps(), sourceId, by()));
    while ((await passState(ground.database.db, passId)) !== 'ended') await sleep(50);
  };

  const openOther = async (ref: string): Promise<void> => {
    await ground.act(async (tx) => {
      value(await openCase(tx, { caseRef: ref, title: 'Another', ...by() }));
      value(await recordExhibit(tx, { caseRef: ref, number: '3', description: 'Disk' }, by()));
    });
  };

  const ended = async (ref: string): Promise<void> => {
    while ((await readFingerprints(deps(), ref)).run?.state !== 'ended') await sleep(50);
  };
  const stacked = async (ref: string): Promise<void> => {
    for (;;) {
      const { run } = await readFingerprints(deps(), ref);
      const { rows } = await sql`select from investigator.stacking where run_id = ${run?.runId ?? null}`.execute(
        ground.database.db,
      );
      if (rows.length > 0) return;
      await sleep(50);
    }
  };
  const lookAtAll = async (ref: string, unitContents = 100): Promise<void> => {
    value(await startFingerprints(deps(), ref, { ...by(), unitContents }));
    await ended(ref);
    await stacked(ref);
  };

  return {
    ...ground,
    deps,
    decoder,
    reader,
    startWorker,
    write,
    readAll,
    openOther,
    ended,
    stacked,
    lookAtAll,
    close: async () => {
      for (const worker of workers) if (worker.exitCode === null) worker.kill('SIGKILL');
      await decoder.close();
      await engine.close();
      await ground.close();
    },
  };
};

/** What looking at a case's pictures came to, whatever was in the way. */
export const picturesOf = async (ground: SeizureGround, ref: string): Promise<unknown> => {
  const { rows } = await sql<{ digest: string; pictures: number }>`
    select encode(sha256(convert_to(string_agg(concat_ws('|', sha256, outcome, reason, encode(pdq, 'hex'),
             encode(turned, 'hex'), quality, integrity), chr(10) order by sha256), 'UTF8')), 'hex') as digest,
           count(*) as pictures,
           (select rows_sha256 from investigator.stacking where case_ref = ${ref}) as stacks,
           (select sum(objects)::int from policy.decision
             where case_ref = ${ref} and step = 'match' and object_group like 'pictures in %') as decided
      from investigator.picture where case_ref = ${ref}`.execute(ground.database.db);
  return rows[0];
};

/** A list of these pictures, as others know them. */
export const writeKnownList = async (
  ground: FingerprintGround,
  name: string,
  ...listed: readonly Uint8Array[]
): Promise<string> => {
  const lines = ['md5,sha1,sha256,pdq'];
  for (const bytes of listed) {
    const decoded = value(await ground.decoder.decode(bytes));
    const digest = (kind: string) => createHash(kind).update(bytes).digest('hex');
    lines.push(
      [digest('md5'), digest('sha1'), digest('sha256'), Buffer.from(pdq(decoded).hash).toString('hex')].join(),
    );
  }
  const file = path.join(ground.folder, name);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
};

export interface Disturbance {
  readonly locator: string;
  readonly place?: Parameters<FingerprintGround['readAll']>[2];
  readonly unitContents: number;
  /** Of workers, with SIGKILL. */
  readonly kills: number;
}

/** The same pictures in the case `calm`, which nobody disturbs, and in `rough`, whose workers are killed on the way. */
export const lookAtCalmAndRough = async (
  ground: FingerprintGround,
  { locator, place, unitContents, kills }: Disturbance,
): Promise<void> => {
  let end = await ground.startWorker();
  for (const ref of ['calm', 'rough']) {
    await ground.openOther(ref);
    await ground.authorise({ caseRef: ref });
    await ground.readAll(ref, locator, place);
  }
  await ground.lookAtAll('calm', unitContents);
  value(await startFingerprints(ground.deps(), 'rough', { ...by(), unitContents }));
  for (let killed = 0; killed < kills; killed++) {
    await sleep(150 + (killed % 4) * 150);
    await end();
    end = await ground.startWorker();
  }
  await ground.ended('rough');
  await ground.stacked('rough');
  await end();
};
