import { randomUUID } from 'node:crypto';
import { DBOS, DBOSClient, type WorkflowStatusString } from '@dbos-inc/dbos-sdk';
import type { JsonValue } from '@tutela/core';
import { type Database, surviveBrokenConnections } from '@tutela/db';
import pg from 'pg';
import type { Engine, JobStatus, Queue, Workflow } from './engine.js';
import { EngineError } from './engine-error.js';
import { takeExecutorLock } from './executor-lock.js';
import { recoverPeers } from './peer-recovery.js';
import { transactionClient } from './transaction-client.js';

export interface EngineOptions {
  readonly database: Database;
  /** The queues this process works on; with none it only starts work for others. */
  readonly queues: readonly Queue[];
  readonly workflows: readonly Workflow[];
  readonly log: (line: string) => void;
  /** The process can no longer prove that it is alive; it should end. */
  readonly onLost: (error: Error) => void;
}

const application = 'tutela';
const schema = 'engine';
/**
 * Fixed, since by default it is a digest of the code, and work from before an upgrade would be picked up by nobody
 * (infrastructure.md §3.4 rule 3).
 */
const applicationVersion = 'tutela-1';
const recoveryMilliseconds = 2000;
const retentionMilliseconds = 24 * 3600 * 1000;

/** Opens the engine on the desk's own database (schema `engine`). One per process. */
export const openEngine = async (options: EngineOptions): Promise<Engine> => {
  const pool = new pg.Pool({ ...options.database.connection, max: 10, keepAlive: true });
  surviveBrokenConnections(pool);
  const stopWorker = await startWorker(pool, options);
  const starter = await startStarter(pool, options);
  const queueOf = new Map(options.workflows.map((workflow) => [workflow.name, workflow.queue]));
  return {
    start: async (tx, job) => {
      const queueName = queueOf.get(job.workflow);
      if (queueName === undefined) throw new EngineError('unknown-workflow', `no workflow ${job.workflow}`);
      const delay = job.delaySeconds === undefined ? {} : { delaySeconds: job.delaySeconds };
      const named = { queueName, workflowName: job.workflow, workflowID: job.id, appVersion: applicationVersion };
      await starter.enqueueInTransaction(transactionClient(tx), { ...named, ...delay }, job.input);
    },
    cancel: (ids) => starter.cancelWorkflows([...ids]),
    status: async (id) => statusOf((await starter.getWorkflow(id))?.status as WorkflowStatusString | undefined),
    close: async () => {
      await starter.destroy();
      await stopWorker();
      await pool.end().catch(() => undefined);
    },
  };
};

const startStarter = async (pool: pg.Pool, options: EngineOptions): Promise<DBOSClient> => {
  const starter = await DBOSClient.create({
    // Named but not used: the pool is.
    systemDatabaseUrl: 'postgresql://localhost/',
    systemDatabasePool: pool,
    systemDatabaseSchemaName: schema,
    applicationName: application,
    logger: quiet(options.log),
  });
  for (const queue of options.queues) {
    await starter.registerQueue(queue.name, { workerConcurrency: queue.perProcess, minPollingIntervalMs: 200 });
  }
  return starter;
};

const startWorker = async (pool: pg.Pool, options: EngineOptions): Promise<() => Promise<void>> => {
  if (DBOS.isInitialized()) throw new EngineError('already-open', 'one engine per process');
  let ending = false;
  const executorID = randomUUID();
  const lock = await takeExecutorLock(options.database.connection, executorID, options.onLost);
  DBOS.setConfig({
    name: application,
    systemDatabasePool: pool,
    systemDatabaseSchemaName: schema,
    applicationVersion,
    executorID,
    listenQueues: options.queues.map((queue) => queue.name),
    logger: quiet((line) => {
      // While it ends, what it says of work it leaves to its peers is no news.
      if (!ending) options.log(line);
    }),
  });
  for (const workflow of options.workflows) {
    DBOS.registerWorkflow(async (input: JsonValue) => workflow.run(input), { name: workflow.name });
  }
  await DBOS.launch();
  const recovery = every(recoveryMilliseconds, options.log, () =>
    recoverPeers({
      lock,
      listBegun,
      putBack: async (ids, queueName) => void (await DBOS.resumeWorkflows([...ids], { queueName })),
    }),
  );
  const retention = every(60_000, options.log, dropFinished);
  return async () => {
    ending = true;
    await recovery.stop();
    await retention.stop();
    await DBOS.shutdown({ deregister: true });
    await lock.release();
  };
};

const listBegun = async () => {
  const begun = await DBOS.listWorkflows({ status: 'PENDING', loadInput: false, loadOutput: false, limit: 1000 });
  return begun.map(({ workflowID, executorId, queueName }) => ({
    id: workflowID,
    executor: executorId ?? '',
    queue: queueName ?? '',
  }));
};

const dropFinished = async (): Promise<void> => {
  const completedBefore = new Date(Date.now() - retentionMilliseconds).toISOString();
  const finished = await DBOS.listWorkflows({
    status: 'SUCCESS',
    completedBefore,
    loadInput: false,
    loadOutput: false,
    limit: 1000,
  });
  if (finished.length > 0) await DBOS.deleteWorkflows(finished.map(({ workflowID }) => workflowID));
};

const every = (milliseconds: number, log: (line: string) => void, act: () => Promise<void>) => {
  let running = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = act()
      .catch((error: Error) => log(`engine: ${error.message}`))
      .finally(() => {
        busy = false;
      });
  }, milliseconds);
  return {
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await running;
    },
  };
};

const statusOf = (status: WorkflowStatusString | undefined): JobStatus => {
  switch (status) {
    case undefined:
      return 'unknown';
    case 'ENQUEUED':
    case 'DELAYED':
      return 'waiting';
    case 'PENDING':
      return 'running';
    case 'SUCCESS':
      return 'done';
    case 'ERROR':
    case 'MAX_RECOVERY_ATTEMPTS_EXCEEDED':
      return 'failed';
    case 'CANCELLED':
      return 'cancelled';
  }
};

const quiet = (log: (line: string) => void) => {
  const say = (entry: unknown): void => log(`engine: ${entry instanceof Error ? entry.message : String(entry)}`);
  const nothing = (): void => undefined;
  return { info: nothing, debug: nothing, warn: say, error: say };
};
