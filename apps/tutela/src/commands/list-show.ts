import type { TutelaContext } from '../context.js';
import { printRows } from '../output/rows.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

/** The lists of known material, by name, with what the newest import of each holds. */
export default async function listShow(this: TutelaContext, flags: DataFlags & OutputFlags): Promise<void> {
  const lists = await withWorkplace(this, flags, 'reads', ({ desks }) => desks.platform.lists());
  const rows = lists.map(({ id, name, source_name, source_sha256, tally, imported_at }) => ({
    name,
    hashes: tally.hashes,
    source: source_name,
    sourceSha256: source_sha256.toString('hex'),
    importedAt: imported_at,
    version: id,
  }));
  printRows(
    this,
    flags,
    { name: 'lists', empty: 'No list was imported yet: tutela list import FILE --name NAME' },
    rows,
    [
      { heading: 'name', of: (row) => row.name },
      ...(['md5', 'sha1', 'sha256', 'pdq'] as const).map((kind) => ({
        heading: kind,
        of: (row: (typeof rows)[number]) => row.hashes[kind] ?? 0,
      })),
      { heading: 'source', of: (row) => row.source },
      { heading: 'imported', of: (row) => row.importedAt },
    ],
  );
}
