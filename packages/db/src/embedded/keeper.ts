/**
 * The keeper: one small process that holds the embedded server for all Tutela processes on the same data folder.
 *
 * Each process holds a connection to the keeper's socket; the kernel closes it however the process ends. When the
 * last has been gone for some seconds, the server is stopped, so a `kill -9` leaves no orphan
 * (test: "the server ends by itself after its last user was killed").
 */

import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { preparePostgresBinaries } from './binaries.js';
import { makeCluster, startServer } from './launch.js';
import { placesOf } from './places.js';
import { answersWithin, ringKeeper, serverIsAlive } from './probe.js';

const idleMilliseconds = 3000;
const startMilliseconds = 60_000;

const dataFolder = process.argv[2];
if (dataFolder === undefined) throw new TypeError('usage: keeper DATA-FOLDER');

const places = await placesOf(dataFolder);
const binaries = await preparePostgresBinaries();
await makeCluster(binaries, places);
const server = await startOrAdopt();

const users = new Set<Socket>();
let idleSince = Date.now();
const door = createServer((user) => {
  users.add(user);
  user.on('error', () => user.destroy());
  user.on('close', () => {
    users.delete(user);
    idleSince = Date.now();
  });
  user.write('ready\n');
});
await rm(places.keeperSocket, { force: true });
door.listen(places.keeperSocket);

process.on('SIGTERM', stop);
process.on('SIGINT', () => {
  // A terminal's Ctrl-C reaches the whole group; the users close first and the idle rule ends us.
});
setInterval(() => {
  if (users.size === 0 && Date.now() - idleSince > idleMilliseconds) stop();
}, 500);

/**
 * PostgreSQL's own lock decides between two keepers. The one that lost leaves the server to the other; a server
 * without a keeper outlived its own, and is used as it is.
 */
async function startOrAdopt(): Promise<ChildProcess | undefined> {
  const until = Date.now() + startMilliseconds;
  while (Date.now() < until) {
    if (await serverIsAlive(places)) {
      if (await anotherKeeperAnswers()) process.exit(0);
      return undefined;
    }
    const child = startServer(binaries, places);
    const ended = new Promise<'ended'>((resolve) => child.once('exit', () => resolve('ended')));
    const started = answersWithin(places, until - Date.now()).then(() => 'answers' as const);
    if ((await Promise.race([ended, started])) === 'answers') {
      child.once('exit', () => process.exit(1));
      return child;
    }
    // After a crash a lingering child may hold the lock file for some seconds.
    await sleep(500);
  }
  process.exit(1);
}

async function anotherKeeperAnswers(): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const other = await ringKeeper(places);
    other?.destroy();
    if (other !== undefined) return true;
    await sleep(100);
  }
  return false;
}

function stop(): void {
  door.close();
  if (server === undefined) process.exit(0);
  server.removeAllListeners('exit');
  server.once('exit', () => process.exit(0));
  server.kill('SIGINT');
}
