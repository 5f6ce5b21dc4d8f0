import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, canonicalJson } from '@tutela/core';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { segmentDeletedEvent } from '../events.js';
import { carriedFile } from '../ingest/carried-state.js';
import { rejectsFile } from '../ingest/read-files.js';
import { countKeptOfIngest, lockEndedSegment, markDeleted } from '../queries/segments.js';

interface ExpiryDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly folder: string;
}

/**
 * Deletes every segment whose retention has ended, whole, each with a certificate that the ledger vouches for; with the
 * last segment of an ingest go its rejected lines.
 * @returns the digests of those that went
 */
export const expireSegments = async (deps: ExpiryDeps, by: string): Promise<readonly string[]> => {
  const gone: string[] = [];
  for (;;) {
    const sha256 = await inTransaction(deps.db, (tx) => expireOne(deps, tx, by));
    if (sha256 === undefined) return gone;
    gone.push(sha256);
  }
};

const expireOne = async ({ clock, folder }: ExpiryDeps, tx: Tx, by: string): Promise<string | undefined> => {
  const at = clock.now();
  const segment = await lockEndedSegment(tx, at);
  if (segment === undefined) return undefined;
  const { sha256, exporter, day, records, bytes, retain_until, file } = segment;
  const certificate = canonicalJson({
    format: 'tutela-segment-deletion/1',
    segment: sha256,
    exporter,
    day,
    records,
    bytes,
    retainUntil: retain_until,
    deletedAt: at,
    deletedBy: by,
  });
  await markDeleted(tx, sha256, at, certificate);
  await appendEvent(tx, segmentDeletedEvent(sha256, certificate, by, at));
  // Before the commit: a certificate for a file that is still there would be a lie, a file that went early is not.
  await rm(path.join(folder, file), { force: true });
  if ((await countKeptOfIngest(tx, segment.ingest_id)) === 0)
    for (const beside of [rejectsFile, carriedFile])
      await rm(path.join(folder, path.dirname(file), beside), { force: true });
  return sha256;
};
