import { inTransaction } from '@tutela/db';
import type { PackageWritten } from '@tutela/evidence';
import { appendEvent } from '@tutela/ledger/postgres';
import type { PackageDeskDeps } from './deps.js';
import { draftColumns } from './draft-package.js';
import { countThrough, noteWritten, type PackageRow } from './queries.js';
import type { WrittenZip } from './write-zip.js';

const columns = [...draftColumns, 'contents', 'events', 'zip_sha256', 'zip_bytes', 'missing', 'written_at'];

/**
 * Notes that a package is whole on the disk. The event is not one of its case: the last event of the case in the package
 * is the export, and what was written afterwards is told beside it.
 */
export const recordWritten = (
  { db, clock }: PackageDeskDeps,
  { request, package: name, case_ref }: PackageRow,
  written: Pick<PackageWritten, 'contents' | 'missing'> & { readonly zip: WrittenZip; readonly by: string },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { contents, missing, zip, by } = written;
    const at = clock.now();
    const events = await countThrough(tx, case_ref, 'package.exported', name);
    const facts = { contents, events, zip_sha256: zip.sha256, zip_bytes: zip.bytes, missing, written_at: at };
    if ((await noteWritten(tx, request, facts)) === undefined) return;
    await appendEvent(tx, {
      type: 'investigator.package-written',
      actor: by,
      at,
      subjects: [name],
      payload: { request, contents, zipSha256: zip.sha256, missing: missing.map(({ what }) => what) },
      effects: [{ kind: 'written', table: 'investigator.package', key: { request }, columns }],
    });
  });
