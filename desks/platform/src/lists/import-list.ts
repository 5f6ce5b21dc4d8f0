import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { fromHex } from '@tutela/core';
import { type BadLine, hashKinds, type ListEntry, type ListSummary, readHashList } from '@tutela/hashlist';
import type { PlatformDeps } from '../deps.js';
import { PlatformError } from '../platform-error.js';
import type { ListVersion } from '../queries/lists.js';
import type { ListTally } from '../schema.js';
import { type PackedHashes, packHashes } from './packed-hashes.js';
import { storeList } from './store-list.js';

export interface ListImport {
  readonly path: string;
  readonly name: string;
  readonly actor: string;
  /** What 64 digits are where the list does not say. */
  readonly hex64?: 'sha256' | 'pdq';
  /** Told of each line that is no entry. */
  readonly onBadLine?: (bad: BadLine) => void;
}

export interface ImportedList {
  readonly version: ListVersion;
  readonly summary: ListSummary;
}

/**
 * Reads a list and stores it as the newest version of its name. Bad lines are told and counted, and the rest goes on; a
 * list that cannot be read to its end, or holds nothing, is not stored: it must not take the place of a good one.
 * @throws HashListError, PlatformError `empty-list`, and the file system's own errors
 */
export const importList = async (
  deps: PlatformDeps,
  { path: file, name, actor, hex64, onBadLine }: ListImport,
): Promise<ImportedList> => {
  const source = digesting(createReadStream(file, { highWaterMark: 1 << 20 }));
  const reading = readHashList(source.bytes, hex64 === undefined ? {} : { hex64 });
  const hashes = packHashes();
  for await (const item of reading) {
    if (item.kind === 'entry') add(hashes, item.entry);
    if (item.kind === 'bad') onBadLine?.(item.bad);
  }
  const summary = reading.summary();
  if (summary.entries === 0) {
    throw new PlatformError(
      'empty-list',
      `Nothing was stored: ${path.basename(file)} holds no hash that can be compared.`,
    );
  }
  const list = {
    name,
    sourceName: path.basename(file),
    sourceSha256: source.sha256(),
    hashes,
    tally: tallyOf(summary),
  };
  return { version: await storeList(deps, { ...list, actor }), summary };
};

const add = (packed: PackedHashes, { hashes, flags, line }: ListEntry): void => {
  for (const kind of hashKinds) {
    const hash = fromHex(hashes[kind] ?? '');
    // A flagged PDQ stands for every flat picture there is: it would match what nobody listed.
    const usable = kind !== 'pdq' || flags.length === 0;
    if (hash !== undefined && hash.length > 0 && usable) packed[kind].add(hash, line);
  }
};

const tallyOf = ({ kinds, bad, duplicates, flags }: ListSummary): ListTally => ({
  hashes: kinds,
  refused: bad,
  doubled: duplicates,
  flagged: flags['pdq-constant'] + flags['pdq-low-quality'],
});

const digesting = (source: AsyncIterable<Uint8Array>) => {
  const hash = createHash('sha256');
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { bytes: bytes(), sha256: (): Uint8Array => hash.digest() };
};
