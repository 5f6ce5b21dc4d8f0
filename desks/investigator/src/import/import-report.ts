import type { Clock, Outcome } from '@tutela/core';
import { done } from '@tutela/core';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvents } from '@tutela/ledger/postgres';
import type { Compartment } from '@tutela/vault';
import { importedEvents } from '../events.js';
import { InvestigatorError } from '../investigator-error.js';
import {
  findByDocument,
  findDelivery,
  insertDelivery,
  insertReport,
  listFileKeys,
  listObjectKeys,
  lockImports,
} from '../queries/importing.js';
import type { ReportId } from '../schema.js';
import type { EntryRecord } from '../zip/entry-end.js';
import type { ZipLimits } from '../zip/zip-limits.js';
import { openContainer } from './container.js';
import type { DeliveredObject, Delivery } from './delivery.js';
import { type UnreadableDelivery, withDelivery } from './open-delivery.js';
import { deliveryRow, objectRow, reportRows } from './rows.js';

export interface ImportDeps {
  readonly db: Db;
  readonly vault: Compartment;
  readonly clock: Clock;
  readonly limits: ZipLimits;
}

export interface Imported {
  /** `completed`: the report was here and got bytes that were not. `already-there`: nothing was changed. */
  readonly status: 'imported' | 'completed' | 'already-there';
  readonly reportId: ReportId;
  /** What became of each entry, when the file was a ZIP and not itself here before. */
  readonly entries: readonly EntryRecord[];
  readonly listing: Delivery['listing'];
}

export type ImportRefusal = UnreadableDelivery | 'unreadable-file';

/**
 * Imports a report as delivered, JSON or ZIP. One transaction: all rows and their event, or nothing; only then are
 * objects of the vault anybody's.
 */
export const importReport = async (
  deps: ImportDeps,
  { path, actor }: { readonly path: string; readonly actor: string },
): Promise<Outcome<Imported, ImportRefusal>> => {
  const container = await openContainer(path);
  if (container.kind !== 'done') return container;
  const known = await findDelivery(deps.db, container.value.sha256);
  if (known !== undefined) {
    return done({ status: 'already-there', reportId: known.report_id, entries: [], listing: 'whole' });
  }
  return await withDelivery(container.value, deps.limits, async (delivery) => {
    const reportId = await findByDocument(deps.db, delivery.documentSha256);
    const objects = await missingObjects(deps.db, reportId, delivery.objects);
    for (const object of objects) await keep(deps.vault, object);
    const { status, reportId: stored } = await store(deps, delivery, actor);
    return { status, reportId: stored, entries: delivery.entries, listing: delivery.listing };
  });
};

const missingObjects = async (
  db: Db | Tx,
  reportId: ReportId | undefined,
  objects: readonly DeliveredObject[],
): Promise<readonly DeliveredObject[]> => {
  if (reportId === undefined) return objects;
  const held = new Set((await listObjectKeys(db, reportId)).map(({ ordinal, sha256 }) => `${ordinal} ${sha256}`));
  return objects.filter(({ ordinal, digests }) => !held.has(`${ordinal} ${digests.sha256}`));
};

const keep = async (vault: Compartment, { bytes, digests, entryName }: DeliveredObject): Promise<void> => {
  const { sha256 } = await vault.put(bytes());
  if (sha256 === digests.sha256) return;
  throw new InvestigatorError('changed-while-reading', `${entryName} changed while it was read; nothing was imported`);
};

const store = async (
  { db, clock }: ImportDeps,
  delivery: Delivery,
  actor: string,
): Promise<Pick<Imported, 'status' | 'reportId'>> =>
  await inTransaction(db, async (tx) => {
    await lockImports(tx);
    const at = clock.now();
    const known = await findByDocument(tx, delivery.documentSha256);
    const objects = await missingObjects(tx, known, delivery.objects);
    if (known !== undefined && objects.length === 0) return { status: 'already-there', reportId: known };
    const report = known === undefined ? reportRows(delivery, at) : undefined;
    if (report !== undefined) await insertReport(tx, report);
    const reportId = known ?? (report?.report.report_id as ReportId);
    const row = deliveryRow(delivery, reportId, at);
    const files = new Map((await listFileKeys(tx, reportId)).map((file) => [file.ordinal, file]));
    const rows = objects.flatMap((object) => {
      const file = files.get(object.ordinal);
      return file === undefined ? [] : [objectRow(object, file, row.delivery_id)];
    });
    await insertDelivery(tx, row, rows);
    const written = { delivery: row, objects: rows, ...(report === undefined ? {} : { report }) };
    await appendEvents(tx, importedEvents(actor, at, delivery, written));
    return { status: known === undefined ? 'imported' : 'completed', reportId };
  });
