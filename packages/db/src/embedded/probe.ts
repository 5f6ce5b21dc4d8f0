import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseError } from '../database-error.js';
import { embeddedUser } from './launch.js';
import type { Places } from './places.js';

/** Whether a server answers queries on the socket of this folder. */
export const serverIsAlive = async (places: Places): Promise<boolean> => {
  const client = new pg.Client({ host: places.runtime, user: embeddedUser, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** @throws DatabaseError `server-did-not-start` when no answer came in time. */
export const answersWithin = async (places: Places, milliseconds: number): Promise<void> => {
  const until = Date.now() + milliseconds;
  while (Date.now() < until) {
    if (await serverIsAlive(places)) return;
    await sleep(25);
  }
  throw new DatabaseError('server-did-not-start', `PostgreSQL did not answer (see ${places.log}).`);
};

/** A connection to the keeper, once it has said that the server answers; `undefined` where no keeper is. */
export const ringKeeper = (places: Places): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect(places.keeperSocket);
    socket.once('data', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
  });
