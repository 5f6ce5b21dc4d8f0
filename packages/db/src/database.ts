import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { DatabaseError } from './database-error.js';
import { joinEmbeddedServer } from './embedded/embedded-server.js';
import { preparing } from './preparing.js';

/** The tables are the desks' own: each says `db.withTables<ItsTables>()`. */
export type Db = Kysely<unknown>;

export interface Database {
  readonly db: Db;
  readonly pool: pg.Pool;
  /** For another process or library; names the same database. */
  readonly connection: pg.PoolConfig;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  /** Where the embedded server keeps its cluster; not used with `url`. */
  readonly dataFolder: string;
  /** A PostgreSQL server, 15 or later. Session locks are used, so no transaction pooler may stand between. */
  readonly url?: string | undefined;
  /** Name of the database on the embedded server; made when missing. Default `tutela`. */
  readonly name?: string;
  /** Connections at most. Default 10. */
  readonly poolSize?: number;
}

/** Opens the embedded database of a folder, or the server named by `url`. */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  if (options.url !== undefined) return connect({ connectionString: options.url }, options, () => undefined);
  const server = await joinEmbeddedServer(options.dataFolder);
  const name = options.name ?? 'tutela';
  await makeDatabase({ host: server.host, user: server.user }, name);
  return connect({ host: server.host, user: server.user, database: name }, options, server.release);
};

const connect = (connection: pg.PoolConfig, options: DatabaseOptions, release: () => void): Database => {
  const pool = new pg.Pool({
    ...connection,
    max: options.poolSize ?? 10,
    keepAlive: true,
    types: { getTypeParser },
    // Text of a timestamp inside a digest must not depend on a server's setting.
    options: '-c timezone=UTC',
  });
  surviveBrokenConnections(pool);
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
  const close = async (): Promise<void> => {
    await db.destroy();
    release();
  };
  return { db, pool, connection, close };
};

/**
 * A connection that breaks fails the query on it and is replaced by the pool. Its error event says nothing more, and
 * would end the process if nobody listened, whether the connection was idle or in use.
 */
export const surviveBrokenConnections = (pool: pg.Pool): void => {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
};

const makeDatabase = async (server: pg.ClientConfig, name: string): Promise<void> => {
  const client = new pg.Client({ ...server, database: 'postgres' });
  await client.connect();
  try {
    await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    const duplicate = ['42P04', '23505'];
    if (!duplicate.includes((error as pg.DatabaseError).code ?? '')) throw error;
  } finally {
    await client.end();
  }
};

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.INT8]: (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new DatabaseError('unsafe-integer', `${text} does not fit a number`);
    return value;
  },
  [pg.types.builtins.TIMESTAMPTZ]: (text) => new Date(text).toISOString(),
};

function getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
  return (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format);
}
