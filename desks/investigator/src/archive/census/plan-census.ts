import type { Db } from '@tutela/db';
import { type ArchiveItem, folderOf } from '../archive-item.js';
import { listUnexamined, type PageEnd } from '../queries/items.js';
import { groupSets } from './census-unit.js';

const pageSize = 2000;

/**
 * Archives that nobody examined yet, as units of about `files` files: no archive is divided between two of them. Folder
 * by folder, so that memory holds the largest folder at most.
 */
export async function* planCensus(
  db: Db,
  caseRef: string,
  { files = 200 }: { readonly files?: number } = {},
): AsyncGenerator<readonly number[]> {
  let unit: number[] = [];
  for await (const folder of foldersOf(db, caseRef)) {
    for (const { volumes } of groupSets(folder)) {
      unit.push(...volumes.map(({ itemId }) => itemId));
      if (unit.length < files) continue;
      yield unit;
      unit = [];
    }
  }
  if (unit.length > 0) yield unit;
}

async function* foldersOf(db: Db, caseRef: string): AsyncGenerator<readonly ArchiveItem[]> {
  let folder: ArchiveItem[] = [];
  for (let after: PageEnd | undefined; ; ) {
    const page = await listUnexamined(db, caseRef, { after, limit: pageSize });
    for (const item of page) {
      const [before] = folder;
      if (before !== undefined && folderOf(before) !== folderOf(item)) {
        yield folder;
        folder = [];
      }
      folder.push(item);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) break;
    after = [last.sourceId, last.parentItemId ?? 0, last.path?.replace(/[^/]*$/, '') ?? '', last.itemId];
  }
  if (folder.length > 0) yield folder;
}
