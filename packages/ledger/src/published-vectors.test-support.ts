import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Published vectors are not part of this repository. Where they lie: `merkle/` is the `testdata` folder of
 * transparency-dev/merkle (Apache-2.0), `c2sp/` holds the specification texts of C2SP (CC BY).
 */
const folder =
  process.env.TUTELA_LEDGER_VECTORS ?? fileURLToPath(new URL('../../../../shared/fixtures/ledger', import.meta.url));

/** @returns `undefined` when the vectors are not at hand */
export const publishedText = (name: string): string | undefined => {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

/** All JSON files below a folder of the vectors; none when they are not at hand. */
export const publishedCases = <Case>(name: string): readonly Case[] => {
  const root = path.join(folder, name);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Case);
};
