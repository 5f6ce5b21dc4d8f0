import { createHash } from 'node:crypto';
import { done, nothing, type Outcome, refused } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Looker, LookSubject } from '@tutela/exposure/routes';
import { actorIn } from '@tutela/policy/postgres';
import { type ArchiveItem, objectOf } from '../archive/archive-item.js';
import type { ItemReader } from '../archive/item-reader.js';
import { itemById } from '../archive/queries/items.js';
import type { ItemId } from '../seizure/schema.js';
import { itemRef, visibleItem } from '../seizure/visible-items.js';
import { mayView } from './may-view.js';

/** A file of a seizure, for somebody whose role shows it to them and whom an authority lets view it. */
export const findItemSubject = async (
  { db, reader }: { readonly db: Db; readonly reader: ItemReader },
  { caseRef, itemId }: { readonly caseRef: string; readonly itemId: ItemId },
  { person, at }: Looker,
): Promise<Outcome<LookSubject, string>> => {
  const actor = await actorIn(db, caseRef, person);
  const [row, item] = [await visibleItem(db, actor, { caseRef, itemId }), await itemById(db, itemId)];
  if (row === undefined || item === undefined) return nothing('item-unknown', `the case shows you no file ${itemId}`);
  const object = { ...objectOf(item), itemRef: itemRef(itemId) };
  const allowed = await mayView(db, { caseRef, actor, object, at });
  if (allowed.kind !== 'done') return allowed;
  return done({
    desk: 'investigator',
    ref: `case/${caseRef}/item/${itemId}`,
    sha256: item.sha256,
    size: item.size,
    categories: [],
    caseRef,
    open: () => readWhole(reader, item),
    alongside: allowed.value,
  });
};

/** All bytes, if they are still those that were digested. */
const readWhole = async (reader: ItemReader, item: ArchiveItem): Promise<Outcome<Uint8Array>> => {
  const opened = await reader.open(item);
  if (opened.kind !== 'done') return opened;
  const { source, size, close } = opened.value;
  try {
    const bytes = await source.read(0, size);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return sha256 === item.sha256 ? done(bytes) : refused('changed', 'it is not the file that was digested');
  } finally {
    await close();
  }
};
