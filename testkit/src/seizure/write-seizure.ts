import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { delegatedStatistics, providerNames } from './address-plan.js';
import type { PlannedArchive } from './archives.js';
import { pdqOf, sha256Of } from './pictures.js';
import { knownPictures, type MadeFile, type Pool, poolOf, seizureFiles } from './seizure-files.js';
import { usersByCountry } from './shares.js';
import { type BroughtArchive, makeWorld, type SeizureSize, type SeizureWorld } from './world.js';

const version = 2;

/** What is true of a seizure, for whoever judges what was found in it. It lies beside the seizure, never in it. */
export interface GroundTruth {
  /** Of this record: one written by an older generator is written anew. */
  readonly v: typeof version;
  readonly size: SeizureSize;
  readonly files: number;
  readonly bytes: number;
  /** Files whose bytes another file has too. */
  readonly duplicates: number;
  readonly excludedAccount: string;
  readonly excludedFiles: number;
  readonly usersByCountry: Readonly<Record<string, number>>;
  readonly pairs: readonly (readonly [string, string])[];
  readonly archives: readonly Omit<PlannedArchive, 'modified'>[];
  readonly brought: readonly { readonly password: string; readonly files: readonly string[] }[];
  /** Stored files that a list of known pictures names, by account. */
  readonly knownByAccount: Readonly<Record<string, number>>;
  /** Stored files that are edited copies of such a picture, by account. */
  readonly editedByAccount: Readonly<Record<string, number>>;
  /** Contents, in archives too, that show a listed picture in other bytes: SHA-256 of the copy, and of the original. */
  readonly copies: Readonly<Record<string, string>>;
}

/** Where everything lies below one folder. */
export interface SeizurePlaces {
  /** What was seized. */
  readonly seized: string;
  readonly truth: string;
  /** Delegated statistics of the synthetic Internet, as an operator brings them; the second differs here and there. */
  readonly ranges: string;
  readonly otherRanges: string;
  readonly providers: string;
  readonly words: string;
  /** MD5, SHA-1, SHA-256 and PDQ of known pictures. */
  readonly known: string;
}

export const seizurePlaces = (folder: string): SeizurePlaces => ({
  seized: path.join(folder, 'seized'),
  truth: path.join(folder, 'truth.json'),
  ranges: path.join(folder, 'delegated-synthetic-extended'),
  otherRanges: path.join(folder, 'delegated-other-extended'),
  providers: path.join(folder, 'providers.csv'),
  words: path.join(folder, 'words.txt'),
  known: path.join(folder, 'known.csv'),
});

/** Writes a seizure, or finds it written already: `truth.json` comes last. */
export const writeSeizure = async (
  folder: string,
  size: SeizureSize,
  brought: readonly BroughtArchive[] = [],
): Promise<GroundTruth> => {
  const places = seizurePlaces(folder);
  const standing = await readTruth(places.truth);
  if (standing?.v === version && JSON.stringify(standing.size) === JSON.stringify(size)) return standing;
  await mkdir(folder, { recursive: true });
  const world = makeWorld(size, brought);
  const pool = await poolOf(world);
  await writeOperatorData(places, world, pool);
  const count = counting(world);
  const folders = new Set<string>();
  for await (const file of seizureFiles(world, pool)) {
    const place = path.join(places.seized, file.path);
    const parent = path.dirname(place);
    if (!folders.has(parent)) await mkdir(parent, { recursive: true });
    folders.add(parent);
    await writeFile(place, file.bytes);
    if (file.modified !== undefined) await utimes(place, file.modified, file.modified);
    count.add(file);
  }
  const truth = count.truth();
  await writeFile(`${places.truth}.new`, JSON.stringify(truth, undefined, 1));
  await rename(`${places.truth}.new`, places.truth);
  return truth;
};

const readTruth = async (place: string): Promise<GroundTruth | undefined> => {
  const text = await readFile(place, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as GroundTruth);
};

const writeOperatorData = async (places: SeizurePlaces, world: SeizureWorld, { pictures }: Pool): Promise<void> => {
  const { providers, words } = world;
  const wrong = new Map(
    providers.filter((_, at) => at % 25 === 24).map(({ holder, country }) => [holder, country === 'US' ? 'CA' : 'US']),
  );
  await writeFile(places.ranges, delegatedStatistics(providers, { registry: 'synthetic', wrong: new Map() }));
  await writeFile(places.otherRanges, delegatedStatistics(providers, { registry: 'other', wrong }));
  await writeFile(places.providers, providerNames(providers));
  await writeFile(places.words, `${words.join('\n')}\n`);
  const digest = (name: string, bytes: Buffer): string => createHash(name).update(bytes).digest('hex');
  const rows: string[] = [];
  for (const bytes of knownPictures(pictures)) {
    const { hex, quality } = await pdqOf(bytes);
    rows.push([...['md5', 'sha1', 'sha256'].map((name) => digest(name, bytes)), hex, quality].join(','));
  }
  await writeFile(places.known, ['md5,sha1,sha256,pdq,pdqQuality', ...rows, ''].join('\n'));
};

const counting = (world: SeizureWorld) => {
  let [files, bytes, duplicates, excludedFiles] = [0, 0, 0, 0];
  const seen = new Set<string>();
  const knownByAccount: Record<string, number> = {};
  const editedByAccount: Record<string, number> = {};
  const copies: Record<string, string> = {};
  const excluded = `storage/${world.excluded.account}/`;
  return {
    add: (file: MadeFile): void => {
      files += 1;
      bytes += file.bytes.length;
      const digest = sha256Of(file.bytes);
      if (seen.has(digest)) duplicates += 1;
      seen.add(digest);
      if (file.path.startsWith(excluded)) excludedFiles += 1;
      if (file.about.kind === 'stored' && file.about.known === 'known')
        knownByAccount[file.about.account] = (knownByAccount[file.about.account] ?? 0) + 1;
      if (file.about.kind === 'stored' && file.about.known === 'edited')
        editedByAccount[file.about.account] = (editedByAccount[file.about.account] ?? 0) + 1;
      for (const [copy, of] of file.copies ?? []) copies[copy] = of;
    },
    truth: (): GroundTruth => ({
      v: version,
      size: world.size,
      files,
      bytes,
      duplicates,
      excludedAccount: world.excluded.account,
      excludedFiles,
      usersByCountry: Object.fromEntries(usersByCountry(world.size.users)),
      pairs: world.pairs,
      archives: world.archives.map(({ account, kind, stem, secret }) => ({ account, kind, stem, secret })),
      brought: world.brought.map(({ password, files: of }) => ({ password, files: of.map(({ name }) => name) })),
      knownByAccount,
      editedByAccount,
      copies,
    }),
  };
};
