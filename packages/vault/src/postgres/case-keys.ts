import { done, nothing, refused } from '@tutela/core';
import type { Kysely, Transaction } from 'kysely';
import type { CaseKeyStore, WrappedCaseKey } from '../keys/case-key-store.js';
import { lockCase } from './case-lock.js';
import { type VaultTables, vaultTables } from './tables.js';

/** Wrapped case keys in the database: for installations of several machines. */
export interface PostgresCaseKeys extends CaseKeyStore {
  /** The same over the connection of a transaction: a pool whose every connection waits for another never goes on. */
  readonly within: (tx: Transaction<unknown>) => Pick<CaseKeyStore, 'find' | 'add'>;
  /** `destroy` within the transaction that tells of it. */
  readonly destroyIn: (tx: Transaction<unknown>, caseRef: string) => ReturnType<CaseKeyStore['destroy']>;
}

/**
 * What PostgreSQL keeps of a deleted row (its page until it is vacuumed, the write-ahead log until it is recycled) is
 * the wrapped key; a rotation of the installation key makes that useless.
 */
export const openPostgresCaseKeys = (db: Kysely<unknown>): PostgresCaseKeys => {
  const inTransaction = <T>(act: (tx: Transaction<unknown>) => Promise<T>): Promise<T> => db.transaction().execute(act);
  return {
    place: 'table vault.case_key',
    add: (key) => inTransaction((tx) => add(tx, key)),
    find: (caseRef) => find(db, caseRef),
    within: (tx) => ({ find: (caseRef) => find(tx, caseRef), add: (key) => add(tx, key) }),
    list: () => list(db),
    rewrap: async ({ keyId, installationKey, wrapped }) => {
      const { numUpdatedRows } = await vaultTables(db)
        .updateTable('vault.case_key')
        .set({ installation_key: installationKey, wrapped })
        .where('key_id', '=', keyId)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? 'rewrapped' : 'gone';
    },
    destroy: (caseRef) => inTransaction((tx) => destroy(tx, caseRef)),
    destroyIn: destroy,
  };
};

const add = async (tx: Transaction<unknown>, key: WrappedCaseKey): ReturnType<CaseKeyStore['add']> => {
  await lockCase(tx, key.caseRef);
  const found = await find(tx, key.caseRef);
  if (found.kind === 'done') return 'already-there';
  if (found.kind === 'refused') return 'key-destroyed';
  const { caseRef: case_ref, keyId: key_id, installationKey: installation_key, wrapped, createdAt: created_at } = key;
  const row = { case_ref, key_id, installation_key, wrapped, created_at };
  await vaultTables(tx).insertInto('vault.case_key').values(row).execute();
  return 'added';
};

const find = async (db: Kysely<unknown>, caseRef: string): ReturnType<CaseKeyStore['find']> => {
  const tables = vaultTables(db);
  const row = await tables.selectFrom('vault.case_key').selectAll().where('case_ref', '=', caseRef).executeTakeFirst();
  if (row !== undefined) return done(keyOf(row));
  const gone = await tables
    .selectFrom('vault.destroyed_key')
    .select('key_id')
    .where('case_ref', '=', caseRef)
    .executeTakeFirst();
  return gone === undefined
    ? nothing('no-case-key', `${caseRef} has no key`)
    : refused('key-destroyed', `the key of ${caseRef} was destroyed`);
};

const destroy = async (tx: Transaction<unknown>, caseRef: string): ReturnType<CaseKeyStore['destroy']> => {
  await lockCase(tx, caseRef);
  const found = await find(tx, caseRef);
  if (found.kind === 'nothing') return 'no-case-key';
  if (found.kind !== 'done') return 'already-destroyed';
  const tables = vaultTables(tx);
  await tables.insertInto('vault.destroyed_key').values({ case_ref: caseRef, key_id: found.value.keyId }).execute();
  await tables.deleteFrom('vault.case_key').where('case_ref', '=', caseRef).execute();
  return 'destroyed';
};

const pageSize = 1000;

async function* list(db: Kysely<unknown>): AsyncGenerator<WrappedCaseKey> {
  for (let after = ''; ; ) {
    const rows = await vaultTables(db)
      .selectFrom('vault.case_key')
      .selectAll()
      .where('case_ref', '>', after)
      .orderBy('case_ref')
      .limit(pageSize)
      .execute();
    yield* rows.map(keyOf);
    after = rows.at(-1)?.case_ref ?? after;
    if (rows.length < pageSize) return;
  }
}

const keyOf = (row: VaultTables['vault.case_key']): WrappedCaseKey => ({
  keyId: row.key_id,
  caseRef: row.case_ref,
  installationKey: row.installation_key,
  wrapped: row.wrapped,
  createdAt: row.created_at,
});
