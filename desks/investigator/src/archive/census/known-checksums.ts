import { inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import type { ArchiveDeps } from '../deps.js';
import { insertKnown, type KnownFile } from '../queries/census.js';

/** CRC-32 and size of known files; archives examined from now on that hold one of them get a lead. */
export const importKnownChecksums = (
  { db, clock, actor }: Pick<ArchiveDeps, 'db' | 'clock' | 'actor'>,
  {
    caseRef,
    listName,
    files,
  }: { readonly caseRef: string; readonly listName: string; readonly files: readonly KnownFile[] },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await insertKnown(tx, caseRef, listName, files);
    await appendEvent(tx, {
      type: 'investigator.known-checksums-imported',
      actor,
      at: clock.now(),
      subjects: [],
      caseRef,
      payload: { listName, files: files.length },
      effects: [],
    });
  });
