import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bytesSource } from './bytes/archive-source.js';
import type { Census } from './census/census.js';
import { takeCensus } from './census/take-census.js';

/** Harmless archives of every kind; their passwords are public on purpose (`fixtures/manifest.json`). */
export interface FixtureArchive {
  readonly id: string;
  readonly files: readonly string[];
  readonly password: string;
  readonly hashcatMode: number | null;
  readonly hashLine: string | null;
  readonly contents: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
}

export const fixturePath = (file: string): string => fileURLToPath(new URL(`../fixtures/${file}`, import.meta.url));
export const fixture = (file: string): Promise<Buffer> => readFile(fixturePath(file));

const manifest = JSON.parse((await fixture('manifest.json')).toString('utf8')) as {
  readonly archives: readonly FixtureArchive[];
};
export const fixtures = manifest.archives;
export const fixtureFiles = fixtures.flatMap((archive) => archive.files.map((file) => ({ archive, file })));
export const words = (await fixture('wordlist-small.txt')).toString('utf8').trim().split('\n');

export const censusOf = async (bytes: Uint8Array): Promise<Census> => {
  const outcome = await takeCensus(bytesSource(bytes));
  if (outcome.kind !== 'done') throw new Error(`${outcome.kind}: ${outcome.reason.message}`);
  return outcome.value;
};
