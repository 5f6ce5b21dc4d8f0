import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const programs = ['ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'ceph', 'monmaptool'];
const isInstalled = (program: string): boolean => {
  try {
    accessSync(`/usr/bin/${program}`);
    return true;
  } catch {
    return false;
  }
};

/** Debian: `apt-get install --no-install-recommends ceph-mon ceph-osd radosgw`; works as root only. */
export const radosgwMissing = ((): string | undefined => {
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  return process.getuid?.() === 0 ? undefined : 'needs root';
})();

export interface RunningRadosgw {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly stop: () => Promise<void>;
}

/** A Ceph of one monitor, one store in memory and one gateway on loopback, without a service manager: about 20 s. */
export const startRadosgw = async (): Promise<RunningRadosgw> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-rgw-'));
  const [monitor, http] = (await freePorts(2)) as [number, number];
  const conf = path.join(folder, 'ceph.conf');
  const credentials = { accessKeyId: 'tutela', secretAccessKey: randomUUID() };
  const fsid = randomUUID();
  const osd = randomUUID();
  const children: ChildProcess[] = [];
  const daemon = (program: string, ...args: readonly string[]): void => {
    children.push(spawn(program, ['-c', conf, '-f', ...args], { stdio: 'ignore' }));
  };
  const stop = async (): Promise<void> => {
    for (const child of children.reverse()) {
      if (child.exitCode !== null) continue;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const name of ['mon', 'osd', 'run']) await mkdir(path.join(folder, name));
    await writeFile(conf, configuration({ folder, fsid, monitor, http }));
    const monmap = path.join(folder, 'monmap');
    await run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', `[v1:127.0.0.1:${monitor}]`, monmap]);
    await run('ceph-mon', ['-c', conf, '--mkfs', '-i', 'a', '--monmap', monmap]);
    daemon('ceph-mon', '-i', 'a');
    await run('ceph', ['-c', conf, 'osd', 'new', osd], { timeout: 30_000 });
    await run('ceph-osd', ['-c', conf, '--mkfs', '-i', '0', '--osd-uuid', osd]);
    daemon('ceph-osd', '-i', '0');
    daemon('radosgw', '-n', 'client.rgw.a');
    const endpoint = `http://127.0.0.1:${http}`;
    for (let waited = 0; !(await answers(endpoint)); waited++) {
      if (waited > 300) throw new Error('radosgw did not come up');
      await sleep(200);
    }
    // Not before: both would lay out the gateway's pools at once.
    const user = ['user', 'create', '--uid=test', '--display-name=test'];
    const keys = [`--access-key=${credentials.accessKeyId}`, `--secret=${credentials.secretAccessKey}`];
    await run('radosgw-admin', ['-c', conf, '-n', 'client.admin', ...user, ...keys], { timeout: 60_000 });
    return { endpoint, credentials, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

interface Place {
  readonly folder: string;
  readonly fsid: string;
  readonly monitor: number;
  readonly http: number;
}

/** Version 1 of Ceph's protocol only: over version 2 radosgw finds no way to connect without authentication. */
const configuration = ({ folder, fsid, monitor, http }: Place): string => `[global]
fsid = ${fsid}
mon host = [v1:127.0.0.1:${monitor}]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 2147483648
mon data = ${folder}/mon
osd data = ${folder}/osd
run dir = ${folder}/run
admin socket = ${folder}/run/$name.asok
log file = ${folder}/run/$name.log
rgw frontends = beast endpoint=127.0.0.1:${http}
rgw thread pool size = 32
`;

const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) =>
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          }),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};
