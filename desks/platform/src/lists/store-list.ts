import { randomUUID } from 'node:crypto';
import { inTransaction } from '@tutela/db';
import { type HashKind, hashKinds } from '@tutela/hashlist';
import type { PlatformDeps } from '../deps.js';
import { insertListPart, insertListVersion, type ListVersion, listVersionById } from '../queries/lists.js';
import { record, rowOf } from '../record.js';
import type { ListTally } from '../schema.js';
import type { PackedHashes } from './packed-hashes.js';

export interface NewList {
  readonly name: string;
  readonly sourceName: string;
  /** Of the file as it was read. */
  readonly sourceSha256: Uint8Array;
  readonly hashes: PackedHashes;
  readonly tally: ListTally;
  readonly actor: string;
}

/** Stores a version of a list, whole or not at all. Older versions stay. */
export const storeList = async (deps: PlatformDeps, list: NewList): Promise<ListVersion> => {
  const id = randomUUID();
  const source = { source_name: list.sourceName, source_sha256: Buffer.from(list.sourceSha256) };
  const row = { id, name: list.name, ...source, tally: JSON.stringify(list.tally), imported_at: deps.clock.now() };
  await inTransaction(deps.db, async (tx) => {
    await insertListVersion(tx, row);
    const written: { readonly kind: HashKind; readonly ordinal: number }[] = [];
    for (const kind of hashKinds) {
      for (const [ordinal, { hashes, lines }] of list.hashes[kind].parts().entries()) {
        await insertListPart(tx, { version: id, kind, ordinal, hashes, lines });
        written.push({ kind, ordinal });
      }
    }
    await record(tx, deps, {
      type: 'list-imported',
      actor: list.actor,
      subjects: [`list:${id}`],
      payload: {
        version: id,
        name: list.name,
        sourceSha256: source.source_sha256.toString('hex'),
        tally: { ...list.tally },
      },
      effects: [
        rowOf('list_version', { id }, ['name', 'source_name', 'source_sha256', 'tally', 'imported_at']),
        ...written.map((key) => rowOf('list_part', { version: id, ...key }, ['hashes', 'lines'])),
      ],
    });
  });
  const version = await listVersionById(deps.db, id);
  if (version === undefined) throw new TypeError(`list version ${id} is not there after its commit`);
  return version;
};
