import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Clock, done, newId, type Outcome, refused } from '@tutela/core';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { batchDecisions, type CompiledScope, compileScope, type DecidedObject, type Decision } from '@tutela/policy';
import { loadGrounds, recordDecisions } from '@tutela/policy/postgres';
import { type ArchiveItem, objectOf } from '../archive/archive-item.js';
import type { ItemReader } from '../archive/item-reader.js';
import type { ReadableItem, ReadFault } from '../archive/reading/readable-item.js';
import { type By, type CaseFault, findOpenCase, recordCaseAct } from '../case/cases.js';
import {
  type AllowedRow,
  findRecordFile,
  finishImport,
  importOf,
  insertBadRows,
  insertImport,
  insertRows,
} from './queries/importing.js';
import { type RecordFormat, readRecords } from './read/formats.js';
import type { ReadRow, ServiceRow } from './read/service-row.js';
import { decideRow } from './row-objects.js';
import type { ImportId } from './schema.js';

export interface ServiceDeps {
  /** With the schemas `ledger`, `policy`, `investigator` up to date. */
  readonly db: Db;
  readonly clock: Clock;
  readonly reader: ItemReader;
}

export interface ImportedRecords {
  readonly importId: ImportId;
  readonly imported: number;
  /** Rows that cannot be read; where and why is kept. */
  readonly bad: number;
  /** Rows that no authority covers; nothing of them is kept. */
  readonly refused: number;
}

export type ImportFault = CaseFault | 'unknown-item' | 'imported-already' | 'not-allowed' | ReadFault;

/** Rows of one portion; a batch of decisions holds no more than 100,000. */
const portion = 5000;

/**
 * Reads one file of the service's records row by row, under the step `open`: each row is asked about with its account,
 * address and moment, and rows that no authority covers are counted and left out. All of it in one transaction: a file is
 * imported whole or not at all, and only if it is still what was digested.
 */
export const importRecords = async (
  deps: ServiceDeps,
  { itemId, format, by }: { readonly itemId: number; readonly format: RecordFormat; readonly by: string },
): Promise<Outcome<ImportedRecords, ImportFault>> => {
  const item = await findRecordFile(deps.db, itemId);
  if (item === undefined) return refused('unknown-item', `there is no file ${itemId} of a source`);
  if ((await importOf(deps.db, itemId)) !== undefined) return refused('imported-already', 'it was imported before');
  const at = deps.clock.now();
  const scope = compileScope(await loadGrounds(deps.db, item.caseRef), item.caseRef, at);
  // What the rows are about is known row by row: a file may be opened for them where nothing but that is missing.
  const whole = scope.decide({ step: 'open', object: objectOf(item) });
  if (whole.answer === 'deny' || (whole.answer === 'needs' && whole.need !== 'fact'))
    return refused('not-allowed', `it may not be opened: ${whole.rule}`);
  const opened = await deps.reader.open(item);
  if (opened.kind !== 'done') return opened;
  try {
    return await inTransaction(deps.db, (tx) =>
      importInto(tx, { item, format, scope, opened: opened.value, by: { by, at } }),
    );
  } catch (error) {
    if (error instanceof ChangedWhileReading) return refused('changed', 'it is not the file that was digested');
    throw error;
  } finally {
    await opened.value.close();
  }
};

/** Undoes the transaction. */
class ChangedWhileReading extends Error {}

interface Importing {
  readonly item: ArchiveItem;
  readonly format: RecordFormat;
  readonly scope: CompiledScope;
  readonly opened: ReadableItem;
  readonly by: By;
}

const importInto = async (
  tx: Tx,
  { item, format, scope, opened, by }: Importing,
): Promise<Outcome<ImportedRecords, ImportFault>> => {
  const { caseRef, itemId } = item;
  const found = await findOpenCase(tx, caseRef);
  if (found.kind !== 'done') return found;
  const importId = newId<ImportId>();
  const taken = await insertImport(tx, { importId, item, format: format.kind, ...by });
  if (taken === 'taken') return refused('imported-already', 'it was imported before');
  const count = { imported: 0, bad: 0, refused: 0 };
  const hash = createHash('sha256');
  const stream = createReadStream('', { fd: opened.descriptor, autoClose: false, start: 0, highWaterMark: 1 << 20 });
  for await (const rows of portions(readRecords(hashed(stream, hash), format))) {
    const decided = rows.flatMap((read) =>
      read.kind === 'row' ? [{ ...read, decision: decideRow(scope, item, read.row) }] : [],
    );
    const allowed = decided.flatMap(({ line, row, decision }): AllowedRow[] =>
      decision.answer === 'allow' ? [{ line, row, authorityId: decision.authority }] : [],
    );
    const broken = rows.filter((read) => read.kind === 'bad');
    await recordDecided(tx, caseRef, itemId, decided, by);
    await insertRows(tx, { importId, caseRef }, allowed);
    await insertBadRows(tx, importId, broken);
    count.imported += allowed.length;
    count.bad += broken.length;
    count.refused += decided.length - allowed.length;
  }
  if (hash.digest('hex') !== item.sha256) throw new ChangedWhileReading();
  await finishImport(tx, importId, count);
  await recordCaseAct(tx, {
    type: 'service-records-imported',
    caseRef,
    ...by,
    subjects: [`investigator/item/${itemId}`],
    payload: { format: format.kind, ...count },
    effects: [importEffect(importId)],
  });
  return done({ importId, ...count });
};

const importEffect = (importId: ImportId) => ({
  kind: 'written' as const,
  table: 'investigator.service_import',
  key: { import_id: importId },
  columns: [
    'case_ref',
    'item_id',
    'sha256',
    'format',
    'imported',
    'bad',
    'refused',
    'rows_sha256',
    'imported_at',
    'imported_by',
  ],
});

const recordDecided = async (
  tx: Tx,
  caseRef: string,
  itemId: number,
  decided: readonly { readonly line: number; readonly row: ServiceRow; readonly decision: Decision }[],
  by: By,
): Promise<void> => {
  if (decided.length === 0) return;
  const group = `rows of item ${itemId}`;
  const objects = decided.map(
    ({ line, decision }): DecidedObject => ({ ref: `item ${itemId} line ${line}`, group, decision }),
  );
  await recordDecisions(tx, await batchDecisions({ caseRef, step: 'open', at: by.at }, objects), by);
};

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}

async function* portions(rows: AsyncIterable<ReadRow>): AsyncGenerator<readonly ReadRow[]> {
  let open: ReadRow[] = [];
  for await (const row of rows) {
    open.push(row);
    if (open.length < portion) continue;
    yield open;
    open = [];
  }
  if (open.length > 0) yield open;
}
