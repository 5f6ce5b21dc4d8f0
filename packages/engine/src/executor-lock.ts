import pg from 'pg';
import { EngineError } from './engine-error.js';

/** A lock that lives exactly as long as this process's connection: proof to its peers that it is alive. */
export interface ExecutorLock {
  readonly executor: string;
  /** Runs `act` while holding a peer's lock; not at all where the peer is alive. */
  readonly whileDead: (executor: string, act: () => Promise<void>) => Promise<void>;
  readonly release: () => Promise<void>;
}

const key = (executor: string): string => `tutela executor ${executor}`;
const take = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken';
const give = 'select pg_advisory_unlock(hashtextextended($1, 0))';

/**
 * @param onLost the connection broke and could not be made again: peers may already do our work, so stop
 * @throws EngineError `executor-in-use`
 */
export const takeExecutorLock = async (
  connection: pg.PoolConfig,
  executor: string,
  onLost: (error: Error) => void,
): Promise<ExecutorLock> => {
  const client = new pg.Client({ ...connection, keepAlive: true, keepAliveInitialDelayMillis: 5000 });
  let releasing = false;
  client.on('error', (error) => {
    if (!releasing) onLost(error);
  });
  await client.connect();
  const tryLock = async (name: string): Promise<boolean> => {
    const { rows } = await client.query<{ taken: boolean }>(take, [key(name)]);
    return rows[0]?.taken === true;
  };
  if (!(await tryLock(executor))) throw new EngineError('executor-in-use', `executor ${executor} is already running`);
  return {
    executor,
    whileDead: async (other, act) => {
      if (!(await tryLock(other))) return;
      try {
        await act();
      } finally {
        await client.query(give, [key(other)]);
      }
    },
    release: async () => {
      releasing = true;
      await client.end();
    },
  };
};
