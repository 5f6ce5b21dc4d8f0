import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toHex } from '@tutela/core';
import { digestBytes, pdq } from '@tutela/fingerprint';
import type { ScanRecord } from '@tutela/platform-desk';
import { type Copy, encode, makePicture } from '@tutela/testkit';

/** What has to be found, known from how each file was made and not from looking at it. */
export type Expected = Extract<ScanRecord['outcome'], 'exact' | 'near' | 'none' | 'undecided'>;

export interface DemoFile {
  readonly account: string;
  readonly name: string;
  readonly expected: Expected;
}

/** An upload through the service, with what the service knows of the connection. */
export interface DemoUpload extends DemoFile {
  /** The service's own; sent again, it is the same upload. */
  readonly id: string;
  readonly bytes: Uint8Array;
  /** From the documentation ranges (RFC 5737, RFC 3849). */
  readonly ip: string;
  readonly port: number;
  readonly uploadedAt: string;
}

/** Fingerprints of a picture on the list, lower-case hexadecimal. */
export interface KnownPicture {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
  readonly pdq: string;
}

export interface DemoWorld {
  readonly known: readonly KnownPicture[];
  /** The same as CSV. */
  readonly list: string;
  /** One folder per account. */
  readonly folder: string;
  readonly inFolders: readonly DemoFile[];
  readonly uploads: readonly DemoUpload[];
  /** Of others, which nobody decides for the visitor. */
  readonly left: readonly DemoUpload[];
}

interface Recipe {
  readonly seed: number;
  readonly name: string;
  readonly copy: Copy;
  readonly expected: Expected;
}

const knownSeeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const size = { width: 640, height: 480 };
const asListed: Copy = { format: 'jpeg', quality: 90 };

const exact = (seed: number): Recipe => ({ seed, name: `holiday-${seed}.jpg`, copy: asListed, expected: 'exact' });
const near = (seed: number, name: string, copy: Copy): Recipe => ({ seed, name, copy, expected: 'near' });
const stranger = (seed: number): Recipe => ({ seed, name: `stranger-${seed}.jpg`, copy: asListed, expected: 'none' });

const smaller = (seed: number) => near(seed, `small-${seed}.jpg`, { ...asListed, resize: 0.5 });
const poorer = (seed: number) => near(seed, `poor-${seed}.jpg`, { format: 'jpeg', quality: 40 });
const brighter = (seed: number) => near(seed, `bright-${seed}.png`, { format: 'png', brightness: 1.15 });
const mirrored = (seed: number) => near(seed, `mirror-${seed}.webp`, { format: 'webp', mirror: 'left-right' });

const folders: Readonly<Record<string, readonly Recipe[]>> = {
  'account-1001': [exact(1), poorer(2), stranger(101), stranger(102)],
  'account-1002': [exact(1), exact(3), exact(4), stranger(103)],
  'account-1003': [smaller(5), brighter(6), mirrored(7), stranger(104), stranger(105)],
  'account-1004': [stranger(106), stranger(107), stranger(108)],
};

const uploadedAt = '2026-03-01T10:14:57Z';

/** Of `account-2001`, whom the demonstration's provider knows. */
export const knownConnection = { ip: '198.51.100.23', port: 51_344, uploadedAt } as const;

interface Connection extends Pick<DemoUpload, 'account' | 'ip' | 'port'> {
  readonly recipes: readonly Recipe[];
}

const connections: readonly Connection[] = [
  { account: 'account-2001', recipes: [exact(8), stranger(109)], ip: knownConnection.ip, port: knownConnection.port },
  { account: 'account-2002', recipes: [brighter(2), stranger(110)], ip: '2001:db8:7::1', port: 40_022 },
];
const leftConnections: readonly Connection[] = [
  { account: 'account-3001', recipes: [exact(9)], ip: '203.0.113.40', port: 52_110 },
  { account: 'account-3002', recipes: [poorer(9), mirrored(10)], ip: '198.51.100.61', port: 49_877 },
];

/** Makes everything in a folder; the same on every machine. A folder half made by a killed run is made anew. */
export const makeDemoWorld = async (folder: string): Promise<DemoWorld> => {
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const known = await Promise.all(knownSeeds.map(knownPicture));
  const lines = known.map(({ sha256, pdq: near }) => `${sha256},${near}\n`);
  await writeFile(path.join(fresh, 'known.csv'), `sha256,pdq\n${lines.join('')}`);
  const inFolders: DemoFile[] = [];
  for (const [account, recipes] of Object.entries(folders)) {
    await mkdir(path.join(fresh, 'uploads', account), { recursive: true });
    for (const { seed, name, copy, expected } of recipes) {
      await writeFile(path.join(fresh, 'uploads', account, name), await encode(makePicture(seed, size), copy));
      inFolders.push({ account, name, expected });
    }
  }
  const claim = { account: 'account-1003', name: 'no-picture.jpg', expected: 'undecided' as const };
  await writeFile(path.join(fresh, 'uploads', claim.account, claim.name), 'This is text, whatever its name says.\n');
  inFolders.push(claim);
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  return {
    known,
    list: path.join(folder, 'known.csv'),
    folder: path.join(folder, 'uploads'),
    inFolders,
    uploads: await makeUploads(connections),
    left: await makeUploads(leftConnections),
  };
};

const knownPicture = async (seed: number): Promise<KnownPicture> => {
  const picture = makePicture(seed, size);
  const { md5, sha1, sha256 } = digestBytes(await encode(picture, asListed));
  return { md5: toHex(md5), sha1: toHex(sha1), sha256: toHex(sha256), pdq: toHex(pdq(picture).hash) };
};

const makeUploads = async (made: readonly Connection[]): Promise<readonly DemoUpload[]> => {
  const uploads: DemoUpload[] = [];
  for (const { account, recipes, ip, port } of made) {
    for (const { seed, name, copy, expected } of recipes) {
      const bytes = await encode(makePicture(seed, size), copy);
      const id = `00000000-0000-4000-8000-${String(seed).padStart(6, '0')}${account.slice(-4)}00`;
      uploads.push({ id, account, name, expected, bytes, ip, port, uploadedAt });
    }
  }
  return uploads;
};
