import { randomBytes } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type Database, openDatabase } from './database.js';

/** A real database of its own for one test file, on one embedded server for all of them; `close` drops it. */
export interface ScratchDatabase extends Database {
  /** For child processes: `openDatabase({ url })` reaches the same database. */
  readonly url: string;
}

export const openScratchDatabase = async (): Promise<ScratchDatabase> => {
  const dataFolder = path.join(tmpdir(), `tutela-scratch-${userInfo().uid}`);
  const name = `scratch_${randomBytes(6).toString('hex')}`;
  const database = await openDatabase({ dataFolder, name });
  const { host = '', user = '' } = database.connection;
  const close = async (): Promise<void> => {
    const client = new pg.Client({ host, user, database: 'postgres' });
    await client.connect();
    await client.query(`drop database ${name} with (force)`);
    await client.end();
    await database.close();
  };
  return { ...database, close, url: `postgresql://${user}@localhost/${name}?host=${encodeURIComponent(host)}` };
};
