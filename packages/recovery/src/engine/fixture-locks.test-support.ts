import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bytesSource, takeCensus } from '@tutela/archive';
import type { JobLock } from './recovery-engine.js';

const folder = fileURLToPath(new URL('../../../archive/fixtures/', import.meta.url));

interface Manifest {
  readonly archives: readonly { readonly id: string; readonly files: readonly string[]; readonly password: string }[];
}

/** Harmless archives of every kind; their passwords are public on purpose. */
const { archives } = JSON.parse(await readFile(`${folder}manifest.json`, 'utf8')) as Manifest;

export const words = (await readFile(`${folder}wordlist-small.txt`, 'utf8')).trim().split('\n');
export const passwords = new Map(archives.map(({ id, password }) => [id, password]));

export const locks: readonly JobLock[] = await Promise.all(
  archives.map(async ({ id, files }) => {
    const census = await takeCensus(bytesSource(await readFile(folder + files[0]!)));
    if (census.kind !== 'done') throw new Error(`${id}: ${census.kind}`);
    const { check, hashcat } = census.value.locks[0]!;
    return { id, check, hashcat };
  }),
);
