import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DatabaseError } from '../database-error.js';
import { embeddedUser } from './launch.js';
import { type Places, placesOf } from './places.js';
import { ringKeeper } from './probe.js';

/** A share in an embedded server; the server lives while anybody holds one. */
export interface EmbeddedServer {
  readonly host: string;
  readonly user: string;
  readonly release: () => void;
}

/**
 * Joins the server of a data folder, starting it when nobody has.
 * @throws DatabaseError `keeper-did-not-answer`, `runtime-folder-not-ours`
 */
export const joinEmbeddedServer = async (dataFolder: string): Promise<EmbeddedServer> => {
  const places = await placesOf(dataFolder);
  let held = await hold(dataFolder, places);
  let released = false;
  const joinAgain = (): void => {
    if (released) return;
    // The keeper died, and the server with it: whoever notices first starts both again.
    void hold(dataFolder, places).then(
      (socket) => {
        held = socket.once('close', joinAgain);
        if (released) held.destroy();
      },
      () => undefined,
    );
  };
  held.once('close', joinAgain);
  const release = (): void => {
    released = true;
    held.destroy();
  };
  return { host: places.runtime, user: embeddedUser, release };
};

const hold = async (dataFolder: string, places: Places): Promise<Socket> => {
  const until = Date.now() + 90_000;
  let keeper: 'unknown' | 'started' | 'ended' = 'unknown';
  while (Date.now() < until) {
    const socket = await ringKeeper(places);
    if (socket !== undefined) {
      // The share must not keep the process alive.
      return socket.unref();
    }
    if (keeper !== 'started') {
      keeper = 'started';
      const entry = fileURLToPath(new URL('./keeper.js', import.meta.url));
      const child = spawn(process.execPath, [entry, dataFolder], { detached: true, stdio: 'ignore' });
      child.once('exit', () => {
        keeper = 'ended';
      });
      child.unref();
    }
    await sleep(25);
  }
  throw new DatabaseError('keeper-did-not-answer', `The embedded database did not start (see ${places.log}).`);
};
