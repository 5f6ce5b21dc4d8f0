import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config/config.js';
import { ownPlaces } from '../config/vault-places.js';
import { TutelaError } from '../tutela-error.js';

const marker = 'THIS-IS-A-DEMONSTRATION.txt';
const says =
  'Invented people are enrolled here, whose keys and passphrase lie in this folder. Nothing here proves anything.\n';

/** Below the data folder: what the demonstration does is never done among what is real. */
export const demonstrationFolder = ({ dataFolder }: Pick<Config, 'dataFolder'>): string =>
  path.join(dataFolder, 'demo');

/** An installation that is the demonstration's alone, whatever the environment names: nobody outside hears of it. */
export const demonstrationConfig = (given: Config, folder: string): Config => ({
  ...given,
  ...ownPlaces(folder),
  databaseUrl: undefined,
  reportsTo: undefined,
  mail: undefined,
  witnesses: undefined,
  timeAuthorities: undefined,
});

/**
 * Marks a folder that is empty, or was marked before, as one where invented people may approve.
 * @throws TutelaError `usage` for any other: somebody's installation may lie there
 */
export const claimForDemonstration = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length === 0) await writeFile(path.join(folder, marker), says);
  if ((await readFile(path.join(folder, marker), 'utf8').catch(() => undefined)) !== undefined) return;
  const advice = 'Name a folder that is new or empty, or leave --data out.';
  throw new TutelaError('usage', `${folder} is not a demonstration's: its people would be invented ones.`, advice);
};
